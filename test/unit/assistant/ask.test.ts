import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Assistant } from "../../../src/assistant.ts";
import { Answer, AnswerEvent, ROOT } from "../../../src/protocol.ts";
import { randomId } from "../../../src/util/strings.ts";
import { answerTo, events, openAssistant, testConfig } from "../../support/open-assistant.ts";
import { copySeedsIndex } from "../../support/seeds-index.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";

const FACT = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";

/** The real seeds; conversations of its own for every test. */
const index = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
copySeedsIndex(index);
afterAll(() => rmSync(index, { recursive: true }));

async function open(): Promise<Assistant> {
  const folders = { SEEDS_DIR: "seeds", VECTORSTORE_DIR: index };
  const assistant = openAssistant(testConfig(temporaryFolder(), folders));
  await assistant.start();
  return assistant;
}

describe("ask", () => {
  it("gives the events of the contract, in order", async () => {
    const assistant = await open();
    const all = await events(assistant.ask({ owner: "local", messageId: "m1", question: FACT }));
    for (const event of all) AnswerEvent.parse(event);
    const order = all.map((event) => (event.type === "status" ? event.stage : event.type));
    expect(order.slice(0, 5)).toEqual(["start", "retrieving", "sources", "answering", "delta"]);
    expect(order.slice(-2)).toEqual(["verifying", "done"]);
    const last = all.at(-1);
    const answer = Answer.parse(last?.type === "done" ? last.answer : undefined);
    expect(all.flatMap((event) => (event.type === "delta" ? [event.text] : [])).join("")).toBe(answer.text);
    expect(all.flatMap((event) => (event.type === "citation" ? [event.citation] : []))).toEqual(
      answer.citations,
    );
    expect(answer).toMatchObject({
      messageId: "m1",
      confidence: "high",
      abstained: false,
      model: "extractive",
    });
    expect(answer.text).toContain("10.33 times");
    expect(answer.sources).toHaveLength(8);
    expect(answer.sources.map(({ marker }) => marker)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("verifies every quote against the stored abstract, passages too", async () => {
    const assistant = await open();
    const answer = await answerTo(assistant, "How do transformers add long numbers?");
    for (const { paperId, quote, start, end, paperRevision } of answer.citations) {
      const { paper } = await assistant.papers.get(paperId);
      expect(paper.abstract.slice(start, end)).toBe(quote);
      expect(paper.revision).toBe(paperRevision);
    }
    for (const { paper, passages } of answer.sources) {
      const { abstract } = (await assistant.papers.get(paper.id)).paper;
      for (const { text, start, end } of passages) expect(abstract.slice(start, end)).toBe(text);
    }
  });

  it("stores question and answer, and a follow-up resolves to the papers of the last answer", async () => {
    const assistant = await open();
    const first = await answerTo(assistant, "What is Matryoshka Representation Learning?");
    const page = { limit: 10 };
    const stored = await assistant.conversations.get("local", first.conversationId, page);
    expect(stored.title).toBe("What is Matryoshka Representation Learning?");
    expect(stored.messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(stored.messages[1]?.answer).toEqual(first);
    const { conversationId } = first;
    const second = await answerTo(assistant, "How much smaller can it make the embedding?", {
      conversationId,
    });
    expect(second.standaloneQuestion).toContain(first.citations[0]?.title);
    expect(second.citations[0]?.paperId).toBe(first.citations[0]?.paperId);
    const { messages } = await assistant.conversations.get("local", conversationId, page);
    expect(messages.map(({ parentId }) => parentId)).toEqual([
      undefined,
      messages[0]?.id,
      messages[1]?.id,
      messages[2]?.id,
    ]);
  });

  it("does not drag a new question back", async () => {
    const assistant = await open();
    const { conversationId } = await answerTo(assistant, "What is Matryoshka Representation Learning?");
    const question = "And what are massive activations?";
    expect((await answerTo(assistant, question, { conversationId })).standaloneQuestion).toBe(question);
  });

  it("finds what a long message asks, and keeps the whole of it", async () => {
    const assistant = await open();
    const pasted = "The runtime of each of the experiments was logged. ".repeat(70);
    for (const question of [`${FACT}\n\n${pasted}`, `${pasted}\n\n${FACT}`]) {
      const answer = await answerTo(assistant, question);
      expect(answer.question).toBe(question);
      expect(answer.standaloneQuestion.length).toBeLessThan(610);
      expect(answer.citations[0]?.title).toMatch(/^CoreInfer/);
      const { results } = await assistant.search({ query: question, limit: 1 });
      expect(results[0]?.paper.title).toMatch(/^CoreInfer/);
    }
  });

  it("counts the papers that a question named, whichever the answer quotes", async () => {
    const assistant = await open();
    const { conversationId } = await answerTo(assistant, "I am reading about CoPE and ALiBi");
    const { standaloneQuestion } = await answerTo(assistant, "and the second?", { conversationId });
    expect(standaloneQuestion).toContain("Train Short, Test Long");
    // Nobody knows of a third: the question before, which would name it, is asked with this one.
    const third = await answerTo(assistant, "and the third?", { conversationId });
    expect(third.standaloneQuestion).toBe("I am reading about CoPE and ALiBi and the third?");
  });

  it("answers again and edits as siblings under the same parent", async () => {
    const assistant = await open();
    const first = await answerTo(assistant, FACT);
    const { conversationId } = first;
    const again = {
      conversationId,
      parentId: (await assistant.conversations.message("local", first.messageId)).parentId ?? "",
    };
    const second = await answerTo(assistant, FACT, again);
    const edited = await thrownBy(() => answerTo(assistant, "Another question?", again));
    expect(edited).toMatchObject({ code: "bad_request", field: "parentId" });
    await answerTo(assistant, "And its memory?", { conversationId, parentId: second.messageId });
    const { messages } = await assistant.conversations.get("local", conversationId, { limit: 20 });
    const [question, answer, regenerated, next] = messages;
    expect([answer?.parentId, regenerated?.parentId]).toEqual([question?.id, question?.id]);
    expect(next?.parentId).toBe(second.messageId);
  });

  it("begins a conversation again beside its first question", async () => {
    const assistant = await open();
    const { conversationId } = await answerTo(assistant, FACT);
    const question = "And its memory?";
    const edited = await answerTo(assistant, question, { conversationId, parentId: ROOT });
    expect(edited).toMatchObject({ conversationId, standaloneQuestion: question });
    const { messages } = await assistant.conversations.get("local", conversationId, { limit: 20 });
    expect(messages.map(({ parentId }) => parentId)).toEqual([
      undefined,
      messages[0]?.id,
      undefined,
      messages[2]?.id,
    ]);
    expect(await thrownBy(() => answerTo(assistant, FACT, { parentId: ROOT }))).toMatchObject({
      code: "bad_request",
      field: "parentId",
    });
  });

  it("keeps what was written when it is aborted, and stores it", async () => {
    const assistant = await open();
    const stopping = new AbortController();
    const messageId = randomId();
    const seen: AnswerEvent[] = [];
    for await (const event of assistant.ask({
      owner: "local",
      messageId,
      question: FACT,
      signal: stopping.signal,
    })) {
      seen.push(event);
      if (event.type === "citation") stopping.abort();
    }
    const last = seen.at(-1);
    expect(last).toMatchObject({ type: "aborted", answer: { cut: true } });
    const text = seen.flatMap((event) => (event.type === "delta" ? [event.text] : [])).join("");
    expect(text).not.toBe("");
    expect(await assistant.conversations.message("local", messageId)).toMatchObject({ text, cut: true });
  });

  it("aborted before it began is an empty answer, not an error", async () => {
    const assistant = await open();
    const answer = await answerTo(assistant, FACT, { signal: AbortSignal.abort() });
    expect(answer).toMatchObject({ text: "", citations: [], sources: [] });
  });

  it("refuses before the first event what it cannot answer, and stores nothing", async () => {
    const assistant = await open();
    const unknown: [object, object][] = [
      [{ conversationId: "nope" }, { code: "not_found" }],
      [{ scope: { paperIds: ["nope"] } }, { code: "not_found", field: "scope.paperIds" }],
      [{ parentId: "nope" }, { code: "bad_request", field: "parentId" }],
    ];
    for (const [more, expected] of unknown) {
      expect(await thrownBy(() => answerTo(assistant, FACT, more))).toMatchObject(expected);
    }
    const { conversationId } = await answerTo(assistant, FACT);
    const elsewhere = await answerTo(assistant, FACT);
    const wrong = { conversationId, parentId: elsewhere.messageId };
    expect(await thrownBy(() => answerTo(assistant, FACT, wrong))).toMatchObject({
      code: "not_found",
      field: "parentId",
    });
    expect(await thrownBy(() => answerTo(assistant, FACT, { owner: "eve", conversationId }))).toMatchObject({
      code: "not_found",
    });
    expect((await assistant.conversations.list("local", { limit: 10 })).total).toBe(2);
  });

  it("says that it is indexing before it has started", async () => {
    const assistant = openAssistant(testConfig(temporaryFolder(), { SEEDS_DIR: "seeds" }));
    expect(await thrownBy(() => answerTo(assistant, FACT))).toMatchObject({ code: "indexing" });
    expect(await thrownBy(() => assistant.suggestions())).toMatchObject({ code: "indexing" });
  });

  it("searches only the scope, and says when it does not answer", async () => {
    const assistant = await open();
    const { papers } = await assistant.papers.list({ query: "Pointer Networks", limit: 1 });
    const scope = { paperIds: papers.map(({ id }) => id) };
    const answer = await answerTo(assistant, "What are massive activations?", { scope });
    expect(answer.sources.map(({ paper }) => paper.title)).toEqual(["Pointer Networks"]);
    expect(answer.scope).toEqual(scope);
    const stored = await assistant.conversations.message("local", answer.messageId);
    expect(stored.answer?.scope).toEqual(scope);
  });

  it("abstains, cites nothing and offers the nearest papers", async () => {
    const assistant = await open();
    const answer = await answerTo(assistant, "What is the capital of Mongolia?");
    expect(answer).toMatchObject({ confidence: "none", abstained: true, citations: [] });
    expect(answer.text).toMatch(/^I found no abstract that says this\.$/);
    expect(answer.nearest).toEqual(answer.sources.slice(0, 3));
    expect(answer.nearest?.length).toBeGreaterThan(0);
    expect(answer.scope).toBeUndefined();
    const scope = { paperIds: answer.sources.slice(0, 2).map(({ paper }) => paper.id) };
    const scoped = await answerTo(assistant, "What is the capital of Mongolia?", { scope });
    expect(scoped.text).toMatch(/^I found no abstract that says this among the 2 papers asked\.$/);
  });
});

describe("the other doors", () => {
  it("searches: best first, each paper once, offsets exact", async () => {
    const assistant = await open();
    const { results, tookMs } = await assistant.search({ query: "attention sinks", limit: 20 });
    expect(results).toHaveLength(20);
    expect(new Set(results.map(({ paper }) => paper.id)).size).toBe(20);
    const scores = results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { paper, passages } of results) {
      for (const { text, start, end } of passages) expect(paper.abstract.slice(start, end)).toBe(text);
    }
    expect(tookMs).toBeGreaterThan(0);
  });

  it("summarises a paper by id, title or a nearly right title, and names the nearest where there is none", async () => {
    const assistant = await open();
    const [paper] = (await assistant.papers.list({ query: "Pointer Networks", limit: 1 })).papers;
    for (const name of [paper?.id ?? "", "Pointer Networks", "pointer network"]) {
      const all = await events(assistant.summarize(name, { owner: "local", messageId: randomId() }));
      const last = all.at(-1);
      const answer = last?.type === "done" ? last.answer : undefined;
      expect(new Set(answer?.citations.map(({ title }) => title))).toEqual(new Set(["Pointer Networks"]));
      expect(answer?.citations.length).toBeGreaterThanOrEqual(3);
    }
    const missing = await thrownBy(() =>
      events(assistant.summarize("vegan lasagne", { owner: "local", messageId: "x" })),
    );
    expect(missing).toMatchObject({ code: "not_found" });
    expect(missing.message).toMatch(/nearest are “/);
  });

  it("lists papers page by page, finds them by name, and gives the related ones", async () => {
    const assistant = await open();
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await assistant.papers.list({ limit: 100, cursor });
      expect(page.total).toBe(236);
      seen.push(...page.papers.map(({ id }) => id));
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    expect(new Set(seen).size).toBe(236);
    const found = (await assistant.papers.list({ query: "matryo sent", limit: 5 })).papers;
    expect(found.map(({ title }) => title)).toEqual(["2D Matryoshka Sentence Embeddings"]);
    const { related } = await assistant.papers.get(found[0]?.id ?? "");
    expect(related[0]?.paper.title).toBe("Matryoshka Representation Learning");
    await expect(assistant.papers.get("nope")).rejects.toThrow('no paper with the id "nope"');
    await expect(assistant.papers.list({ limit: 5, cursor: "x!" })).rejects.toThrow(/cursor/);
  });

  it("suggests questions that it answers with confidence", async () => {
    const assistant = await open();
    const answers = [];
    for (const question of await assistant.suggestions()) answers.push(await answerTo(assistant, question));
    expect(answers.map(({ confidence, notStated }) => [confidence, notStated])).toEqual(
      answers.map(() => ["high", undefined]),
    );
    expect(answers.map(({ shape }) => shape)).toEqual(["direct", "direct", "comparison", "list"]);
    // Different papers: they show what the corpus holds.
    const first = answers.map(({ sources }) => sources[0]?.paper.id);
    expect(new Set(first).size).toBe(4);
  });
});
