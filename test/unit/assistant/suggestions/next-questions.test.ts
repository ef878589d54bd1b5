import { expect, it } from "vitest";
import type { Assistant } from "../../../../src/assistant.ts";
import type { Answer } from "../../../../src/protocol.ts";
import { answerTo, openAssistant, testConfig } from "../../../support/open-assistant.ts";
import { copySeedsIndex } from "../../../support/seeds-index.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** One of each shape and confidence, by name and in everyday words. */
const QUESTIONS = [
  "How does NIRVANA speed up decoding?",
  "What are massive activations?",
  "How do DiffCSE and CLEAR differ?",
  "Which papers study compositional generalization?",
  "Summarize “Null It Out: Guarding Protected Attributes by Iterative Nullspace Projection”",
  "Which papers are similar to SampleAttention?",
  "What licence does the code of NIRVANA have?",
  "getting CLIP to recognise adjective and noun pairs that it never saw together",
  "Do LLMs store weekday or calendar cycles as loops rather than straight directions?",
  "What rank should I choose for LoRA when fine-tuning a 7B model?",
];

const SHAPES: Readonly<Record<string, readonly Answer["shape"][]>> = {
  How: ["comparison"],
  Summarize: ["summary"],
  // One paper that has the topic is no list.
  Which: ["list", "direct", "catalogue"],
};

async function openOnSeeds(): Promise<Assistant> {
  const config = testConfig(temporaryFolder(), { SEEDS_DIR: "seeds" });
  copySeedsIndex(config.folders.vectorstore);
  const assistant = openAssistant(config);
  await assistant.start();
  return assistant;
}

it("goes on with up to three questions, each answered in the same conversation", {
  timeout: 120_000,
}, async () => {
  const assistant = await openOnSeeds();
  let asked = 0;
  for (const question of QUESTIONS) {
    const { next = [], conversationId, messageId: parentId } = await answerTo(assistant, question);
    expect(next.length, question).toBeGreaterThan(0);
    expect(next.length).toBeLessThanOrEqual(3);
    expect(new Set([...next, question]).size).toBe(next.length + 1);
    for (const one of next) {
      const answer = await answerTo(assistant, one, { conversationId, parentId });
      expect(answer.standaloneQuestion).toBe(one);
      expect(answer.confidence, one).not.toBe("none");
      expect(SHAPES[one.split(" ")[0] ?? ""], one).toContain(answer.shape);
      if (answer.shape !== "list") expect([one, answer.confidence]).toEqual([one, "high"]);
      asked += 1;
    }
  }
  expect(asked).toBeGreaterThan(2 * QUESTIONS.length);
});

it("asks of no paper outside the scope that the next question has too", { timeout: 60_000 }, async () => {
  const assistant = await openOnSeeds();
  const [nirvana] = (await assistant.papers.list({ query: "NIRVANA", limit: 1 })).papers;
  const scope = { paperIds: [nirvana?.id ?? ""] };
  const { next = [] } = await answerTo(assistant, "How does it speed up decoding?", { scope });
  expect(next).toEqual(["Summarize NIRVANA", "Which papers are similar to NIRVANA?"]);
  for (const one of next) expect((await answerTo(assistant, one, { scope })).confidence).toBe("high");
});

it("offers nothing where nothing is near, and after small talk", { timeout: 60_000 }, async () => {
  const assistant = await openOnSeeds();
  for (const question of ["Where is the best pizza in Rome?", "Hello!"])
    expect((await answerTo(assistant, question)).next, question).toBeUndefined();
});
