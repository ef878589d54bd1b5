import fc from "fast-check";
import { expect, it } from "vitest";
import { nextPiece, piecesOf } from "../../../src/slack/messages/next-piece.ts";

const LIMIT = 9500;
const text = fc
  .array(
    fc.constantFrom(
      "word ",
      "Sentence. ",
      "\n\n",
      "\n",
      "&lt;",
      "[12]",
      "🙂é",
      "x".repeat(3000),
      "漢".repeat(2000),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(""));

it("gives pieces that are the text, each within what a stream takes", () => {
  fc.assert(
    fc.property(text, (whole) => {
      const pieces = piecesOf(whole);
      expect(pieces.join("")).toBe(whole);
      for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(LIMIT);
      for (const piece of pieces.slice(0, -1)) expect(piece).not.toMatch(/&[a-z]{0,4}$|\[\d{0,4}$/);
    }),
  );
});

it("fills a message that has text already, and no more", () => {
  fc.assert(
    fc.property(text, fc.nat(LIMIT), (whole, used) => {
      const { piece, full } = nextPiece(whole, used);
      expect(whole.startsWith(piece)).toBe(true);
      expect(used + Buffer.byteLength(piece)).toBeLessThanOrEqual(LIMIT);
      if (piece !== whole) expect(full).toBe(true);
    }),
  );
});

it("ends a message after a paragraph rather than a sentence, after a sentence rather than a word", () => {
  const filling = "x".repeat(8100);
  expect(nextPiece(`${filling}. Next one.\n\nThen more ${filling}`).piece).toBe(`${filling}. Next one.\n\n`);
  expect(nextPiece(`${filling} it ends. And on ${filling}`).piece).toBe(`${filling} it ends. `);
  expect(nextPiece(`${filling} and on ${filling}`).piece).toBe(`${filling} and on `);
});
