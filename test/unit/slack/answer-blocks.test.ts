import { expect, it } from "vitest";
import type { Answer } from "../../../src/protocol.ts";
import { answerBlocks } from "../../../src/slack/messages/answer-blocks.ts";
import { makeAnswer, makeCitation, makeSource } from "../../support/cli.ts";
import { checkBlocks } from "../../support/slack-server/check-blocks.ts";

const blocksOf = (answer: Answer) => answerBlocks(answer, "https://papers.example.org/c/k#m");
const sectionsOf = (answer: Answer) =>
  blocksOf(answer).flatMap((block) => (block.type === "section" ? [block.text?.text ?? ""] : []));

it("lists each reference once, in order, as a link where it has a web address", () => {
  const citations = [
    makeCitation(2, { title: "B | <b> @here", url: "https://b.example/?a=1&b=<2>|3" }),
    makeCitation(1, { url: "javascript:alert(1)" }),
    makeCitation(2),
  ];
  expect(sectionsOf(makeAnswer("A [1][2]", { citations }))).toEqual([
    "[1] Paper 1\n[2] <https://b.example/?a=1&amp;b=%3C2%3E%7C3|B ¦ &lt;b&gt; @\u2060here>",
  ]);
});

it("keeps every block within Slack's limits, whatever the references are", () => {
  const url = `https://a.example/${"u".repeat(2990)}`;
  const citations = Array.from({ length: 60 }, (_, at) =>
    makeCitation(at + 1, { title: "<&>".repeat(300), ...(at % 3 === 0 ? { url } : {}), support: "weak" }),
  );
  const reason = "it broke ".repeat(300);
  const answer = makeAnswer("x".repeat(3000), {
    citations,
    fallback: { from: "openai:x", reason },
    unsupported: Array.from({ length: 5 }, (_, at) => ({ start: at, end: at + 900 })),
  });
  expect(checkBlocks(blocksOf(answer) as unknown as Record<string, unknown>[])).toBeUndefined();
  expect(
    sectionsOf(answer)
      .join("\n")
      .match(/^\[\d+\] /gm),
  ).toHaveLength(60);
});

it("says what no paper supports, and which model failed", () => {
  const text = "The sky is *green* @here.";
  const answer = makeAnswer(text, {
    unsupported: [{ start: 0, end: text.length }],
    fallback: { from: "openai:x", reason: "no connection" },
  });
  const shown = JSON.stringify(blocksOf(answer));
  expect(shown).toContain("No paper supports: “The sky is *green* @\u2060here.”");
  expect(shown).toContain("openai:x failed (no connection): quoted from the papers instead");
});

it("says quietly that an answer is less certain, and lists what a list left out", () => {
  const sources = [
    makeSource(1, "Cited"),
    makeSource(2, "<Left> out"),
    { ...makeSource(3, "Far"), score: 0 },
  ];
  const more = { citations: [makeCitation(1)], sources };
  const answer = makeAnswer("A [1].", { ...more, confidence: "tentative", shape: "list" });
  expect(sectionsOf(answer)).toEqual(["[1] Paper 1\n*Also found: 1 paper*\n• &lt;Left&gt; out"]);
  expect(JSON.stringify(blocksOf(answer))).toContain("less certain: ");
  const sure = JSON.stringify(
    blocksOf(makeAnswer("A [1].", { ...more, confidence: "high", shape: "direct" })),
  );
  expect(sure).not.toMatch(/less certain|Also found/);
});
