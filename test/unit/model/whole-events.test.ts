import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_LINE, LINE_END, wholeEvents } from "../../../src/model/langchain/whole-events.ts";

const LIMITS = { event: 1000, response: 10_000 };

/** What goes in, in the pieces that it comes in, and whether more is asked for than is taken. */
function stream(chunks: Iterable<Uint8Array>) {
  const state = { given: 0, cancelled: false };
  const iterator = chunks[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = iterator.next();
        if (next.done) return controller.close();
        state.given += next.value.length;
        controller.enqueue(next.value);
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
}

async function read(chunks: Iterable<Uint8Array>, ends: readonly string[], limits = LIMITS) {
  const pieces: string[] = [];
  for await (const piece of wholeEvents(stream(chunks).body, ends, limits))
    pieces.push(Buffer.from(piece).toString("latin1"));
  return pieces;
}

const bytes = (text: string) => Buffer.from(text, "latin1");
function* cut(text: string, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes(text.slice(at, at + size));
    at += size;
  }
  yield bytes(text.slice(at));
}

describe("wholeEvents", () => {
  it("gives the same bytes, however they come, each piece but the last to the end of an event", async () => {
    const texts = fc.string({ unit: fc.constantFrom("\n", "\r", "\r\n", "a", "é", "data: "), maxLength: 60 });
    const sizes = fc.array(fc.integer({ min: 0, max: 5 }));
    await fc.assert(
      fc.asyncProperty(texts, sizes, fc.constantFrom(EMPTY_LINE, LINE_END), async (text, lengths, ends) => {
        const pieces = await read(cut(text, lengths), ends);
        expect(pieces.join("")).toBe(text);
        for (const piece of pieces.slice(0, -1)) expect(ends.some((end) => piece.endsWith(end))).toBe(true);
      }),
    );
  });

  it("gives an event as soon as it is whole", async () => {
    const { body, state } = stream(cut("data: a\n\ndata: b\n\ndata: ", [5, 4, 20]));
    const reader = wholeEvents(body, EMPTY_LINE, LIMITS).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("data: a\n\n");
    expect(state.given).toBe(9);
    await reader.cancel();
    expect(state.cancelled).toBe(true);
  });

  it.each([
    ["an event", "x".repeat(100), EMPTY_LINE, "one event of more than 1000 bytes"],
    ["an event of many lines", ": waiting\n", EMPTY_LINE, "one event of more than 1000 bytes"],
    ["a line", "x", LINE_END, "one event of more than 1000 bytes"],
    ["a response", ": waiting\n\n", EMPTY_LINE, "an answer of more than 10000 bytes"],
  ])("ends with %s that has no end", async (_, part, ends, detail) => {
    function* endless(): Generator<Uint8Array> {
      for (;;) yield bytes(part);
    }
    const { body, state } = stream(endless());
    const reading = (async () => {
      for await (const _piece of wholeEvents(body, ends, LIMITS));
    })();
    await expect(reading).rejects.toMatchObject({
      fault: "too-much",
      message: expect.stringContaining(detail),
    });
    expect(state.given).toBeLessThanOrEqual(LIMITS.response + 100);
  });
});
