/** A model that says more than an answer holds. */
import { describe, expect, it } from "vitest";
import type { AnswerRequest, ComposedAnswer } from "../../../../src/answer/answerer.ts";
import { ExtractiveAnswerer } from "../../../../src/answer/extractive/extractive-answerer.ts";
import { ChatModelAnswerer } from "../../../../src/answer/written/chat-model-answerer.ts";
import type { Embedder } from "../../../../src/embedding/embedder.ts";
import { Prompts } from "../../../../src/model/prompts.ts";
import { Question } from "../../../../src/question/question.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { realEmbedder } from "../../../support/real-embedder.ts";
import { ScriptedChatModel, type Step, text } from "../../../support/scripted-chat-model.ts";

const { paper } = makePaper({
  title: "Pruning at Scale",
  abstract: "We prune large models. Pruning halves the memory of the model.",
});
const { abstract: _, ...rest } = paper;
const QUESTION = new Question("How much memory does pruning save?");
const REQUEST: AnswerRequest = {
  messageId: "m",
  question: QUESTION,
  standalone: QUESTION,
  task: "question",
  confidence: "high",
  sources: [{ marker: 1, paper: rest, score: 1, passages: [] }],
  paper: () => paper,
  corpusSize: 1,
  scopeSize: 1,
  idf: () => 1,
};
const REMARK = "\n\nThe answer ends here because the model reached its limit of length.";
/** LLM_MAX_TOKENS: 4,000 characters of an answer, with 63 notes. */
const MAX_TOKENS = 500;
const MOST = 4000;

function* repeated(...steps: Step[]): Generator<Step> {
  for (;;) yield* steps;
}

async function open(script: Iterable<Step>, embedder?: Embedder) {
  const real = await realEmbedder();
  const taken = { count: 0 };
  const counted = (function* () {
    for (const step of script) {
      taken.count++;
      yield step;
    }
  })();
  const model = new ScriptedChatModel(counted);
  const answerer = new ChatModelAnswerer({
    model,
    prompts: await Prompts.load(),
    embedder: embedder ?? real,
    limits: { contextTokens: 8192, maxTokens: MAX_TOKENS },
    plain: new ExtractiveAnswerer(real),
  });
  return { model, taken, answerer };
}

async function run({ model, answerer }: Awaited<ReturnType<typeof open>>) {
  const parts = answerer.answer(REQUEST);
  let shown = "";
  let part = await parts.next();
  for (; !part.done; part = await parts.next()) if (part.value.type === "text") shown += part.value.text;
  expect(model.requests[0]?.stopped).toBe(true);
  return { shown, composed: part.value };
}

/** Every marker has its note, with the words that it stands behind. */
function check({ text: said, citations }: ComposedAnswer): void {
  const marked = [...said.matchAll(/\[(\d+)\]/g)].map(([, marker]) => Number(marker));
  expect(citations.map(({ marker }) => marker)).toEqual(marked);
  for (const { claim } of citations) expect(said.slice(claim.start, claim.end)).not.toContain("[");
}

const SENTENCE = "Pruning halves the memory of the model, and of its cache, in all of the layers [1]. ";

describe("an answer without an end", () => {
  it.each([
    ["word by word", [...SENTENCE].map(text)],
    ["a sentence at a time", [text(SENTENCE)]],
    ["all at once", [text(SENTENCE.repeat(3000))]],
    ["in other letters", [text(`${"😀".repeat(101)} memory [1].`)]],
  ])("is read no further than the limit of its length: %s", async (_, steps) => {
    const opened = await open(repeated(...steps));
    const { shown, composed } = await run(opened);
    const length = composed.text.indexOf(REMARK);
    expect(length).toBeLessThanOrEqual(MOST);
    expect(length).toBeGreaterThan(MOST - 100);
    expect(composed.text).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    expect(shown.replace(/\s+\n\n/, "\n\n")).toBe(composed.text);
    check(composed);
  });

  it.each([
    ["a note for each word", "a [1] "],
    ["other words each time", undefined],
  ])("has no more notes than a long answer: %s", async (_, said) => {
    let count = 0;
    const opened = await open(
      (function* () {
        for (;;) yield text(said ?? `word${count++} [1]. `);
      })(),
    );
    const { composed } = await run(opened);
    expect(composed.citations.length).toBeLessThanOrEqual(MOST / 64 + 64);
    expect(composed.citations.length).toBeGreaterThan(50);
    expect(composed.text).toContain(REMARK);
    check(composed);
  });

  it("ends where nothing of it shows", async () => {
    const dropped = await open(repeated(text("Memory"), text(" [99]")));
    expect((await run(dropped)).composed).toMatchObject({ confidence: "none", citations: [] });
    const blank = await open(repeated(text(" \n")));
    await expect(run(blank)).rejects.toMatchObject({ fault: "empty" });
    expect(blank.model.requests[0]?.stopped).toBe(true);
  });
});

it("waits for its notes before many are in line", async () => {
  const real = await realEmbedder();
  let open_ = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open_ = resolve;
  });
  const slow: Embedder = {
    model: real.model,
    fingerprint: real.fingerprint,
    dimension: real.dimension,
    embed: async (...given) => {
      await gate;
      return real.embed(...given);
    },
  };
  const opened = await open(
    Array.from({ length: 45 }, () => text(SENTENCE)),
    slow,
  );
  const running = run(opened);
  await expect.poll(() => opened.taken.count).toBe(32);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(opened.taken.count).toBe(32);
  open_();
  const { composed } = await running;
  expect(composed.citations).toHaveLength(45);
  check(composed);
});
