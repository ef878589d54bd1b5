import { describe, expect, it } from "vitest";
import type { AnswerPart, AnswerRequest, ComposedAnswer } from "../../../../src/answer/answerer.ts";
import { ExtractiveAnswerer } from "../../../../src/answer/extractive/extractive-answerer.ts";
import { ChatModelAnswerer, FallbackAnswerer } from "../../../../src/answer/written/chat-model-answerer.ts";
import type { Embedder } from "../../../../src/embedding/embedder.ts";
import { ModelError } from "../../../../src/model/chat-model.ts";
import { Prompts } from "../../../../src/model/prompts.ts";
import type { Citation, Paper } from "../../../../src/protocol.ts";
import { Question } from "../../../../src/question/question.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { realEmbedder } from "../../../support/real-embedder.ts";
import { ScriptedChatModel, type Step, text } from "../../../support/scripted-chat-model.ts";

const PAPERS = [
  {
    title: "Pruning at Scale",
    abstract: "We prune large models. Pruning halves the memory of the model. Accuracy falls by 0.3 points.",
  },
  {
    title: "Quantising Everything",
    abstract: "Quantisation to four bits keeps accuracy. It is slower on old hardware.",
  },
].map((record) => makePaper(record).paper);

function paperOf(id: string): Paper {
  const paper = PAPERS.find((one) => one.id === id);
  if (paper === undefined) throw new Error(id);
  return paper;
}

function request(more: Partial<AnswerRequest> = {}): AnswerRequest {
  const question = new Question("How much memory does pruning save?");
  return {
    messageId: "m",
    question,
    standalone: question,
    task: "question",
    confidence: "high",
    sources: PAPERS.map(({ abstract: _, ...paper }, at) => ({
      marker: at + 1,
      paper,
      score: 1,
      passages: [],
    })),
    paper: paperOf,
    corpusSize: 2,
    scopeSize: 2,
    idf: () => 1,
    ...more,
  };
}

async function answerer(script: readonly Step[], embedder?: Embedder) {
  const model = new ScriptedChatModel(script);
  const real = await realEmbedder();
  const plain = new ExtractiveAnswerer(real);
  const limits = { contextTokens: 8192, maxTokens: 1024 };
  const prompts = await Prompts.load();
  return {
    model,
    plain,
    answerer: new ChatModelAnswerer({ model, prompts, embedder: embedder ?? real, limits, plain }),
  };
}

async function run(
  parts: AsyncGenerator<AnswerPart, ComposedAnswer>,
): Promise<{ parts: AnswerPart[]; composed: ComposedAnswer }> {
  const all: AnswerPart[] = [];
  for (;;) {
    const next = await parts.next();
    if (next.done) return { parts: all, composed: next.value };
    all.push(next.value);
  }
}

const shown = (parts: readonly AnswerPart[]): string =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("");

const ANSWER = ["Pruning halves", " the memory [", "1]. ", "Four bits keep accuracy [2", "]."].map(text);

describe("ChatModelAnswerer", () => {
  it("gives each note behind its marker, in order, with the sentence that supports it", async () => {
    const { answerer: answering } = await answerer(ANSWER.flatMap((delta) => [delta, 5]));
    const { parts, composed } = await run(answering.answer(request()));
    expect(shown(parts)).toBe("Pruning halves the memory [1]. Four bits keep accuracy [2].");
    expect(composed).toMatchObject({ text: shown(parts), confidence: "high", model: "test:model" });
    expect(composed.citations.map(({ quote }) => quote)).toEqual([
      "Pruning halves the memory of the model.",
      "Quantisation to four bits keeps accuracy.",
    ]);
    let before = "";
    for (const part of parts) {
      if (part.type === "text") before += part.text;
      else if (part.type === "citation") expect(before).toContain(`[${part.citation.marker}]`);
    }
    const notes = parts.flatMap((part) => (part.type === "citation" ? [part.citation] : []));
    expect(notes.map(({ id }) => id)).toEqual(composed.citations.map(({ id }) => id));
    expect(composed.citations.map(({ claim }) => composed.text.slice(claim.start, claim.end))).toEqual([
      expect.stringContaining("Pruning halves the memory"),
      expect.stringContaining("Four bits keep accuracy"),
    ]);
  });

  it("does not hold the text back while a note is made", async () => {
    const real = await realEmbedder();
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
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
    const { answerer: answering } = await answerer(
      ANSWER.flatMap((delta) => [delta, 2]),
      slow,
    );
    const parts = answering.answer(request());
    expect((await parts.next()).value).toMatchObject({ type: "sources" });
    let before = "";
    while (!before.endsWith("[2].")) {
      const next = await parts.next();
      if (next.done || next.value.type !== "text") throw new Error("a note came before it was made");
      before += next.value.text;
    }
    release();
    expect((await run(parts)).composed.citations).toHaveLength(2);
  });

  it.each(["tentative", "none"] as const)(
    "is certain of what its sources carry, where %s was expected",
    async (confidence) => {
      const { answerer: answering } = await answerer(ANSWER);
      const { parts, composed } = await run(answering.answer(request({ confidence })));
      expect(composed.text).toBe("Pruning halves the memory [1]. Four bits keep accuracy [2].");
      expect(shown(parts)).toBe(composed.text);
      expect(composed.confidence).toBe("high");
      const half = await answerer([
        text("Pruning halves the memory [1]. It was invented in 1998 [1]. Google owns it [2]."),
      ]);
      expect((await run(half.answerer.answer(request({ confidence })))).composed.confidence).toBe(
        "tentative",
      );
    },
  );

  it("abstains where nothing was expected and nothing is carried", async () => {
    for (const said of ["It was invented by Google in 1998 [1].", "It was invented by Google in 1998."]) {
      const { answerer: answering } = await answerer([text(said)]);
      const { composed } = await run(answering.answer(request({ confidence: "none" })));
      expect(composed).toMatchObject({ confidence: "none", citations: [], model: "test:model" });
      expect(composed.text).not.toContain("Google");
    }
  });

  it("finds the notes of a model that names no source, and says that it found them", async () => {
    const said =
      "Pruning halves the memory of the model. Quantisation to four bits keeps accuracy. Have fun!";
    const { answerer: answering } = await answerer([text(said)]);
    const { composed } = await run(answering.answer(request()));
    expect(composed.text).toBe(
      "Pruning halves the memory of the model [1]. Quantisation to four bits keeps accuracy [2]. Have fun!",
    );
    expect(composed.citations).toMatchObject([
      { marker: 1, found: true, support: "strong", quote: "Pruning halves the memory of the model." },
      { marker: 2, found: true, support: "strong", quote: "Quantisation to four bits keeps accuracy." },
    ]);
    const claims = composed.citations.map(({ claim }) => composed.text.slice(claim.start, claim.end));
    expect(claims).toEqual([
      "Pruning halves the memory of the model",
      "Quantisation to four bits keeps accuracy",
    ]);
    expect(composed).toMatchObject({ confidence: "high", unsupported: [] });
  });

  it("finds them for sentences between those that the model has notes for, and moves these", async () => {
    const said =
      "It is slower on old hardware. Pruning halves the memory [1]. It was invented by Google in 1998.";
    const { answerer: answering } = await answerer([text(said)]);
    const { composed } = await run(answering.answer(request()));
    expect(composed.text).toBe(
      "It is slower on old hardware [2]. Pruning halves the memory [1]. It was invented by Google in 1998.",
    );
    expect(
      composed.citations.map(({ found, claim }) => [found, composed.text.slice(claim.start, claim.end)]),
    ).toEqual([
      [true, "It is slower on old hardware"],
      [undefined, "Pruning halves the memory"],
    ]);
    expect(composed.unsupported.map(({ start, end }) => composed.text.slice(start, end))).toEqual([
      "It was invented by Google in 1998.",
    ]);
  });

  it("lets the papers answer where they carry less than half of words without notes", async () => {
    const said =
      "Pruning halves the memory of the model. It was invented by Google in 1998. Cats love to prune.";
    const { answerer: answering } = await answerer([text(said)]);
    await expect(run(answering.answer(request()))).rejects.toMatchObject({ fault: "uncited" });
  });

  it("judges another language by numbers and names, and says what it cannot judge", async () => {
    const asked = new Question("Wie viel Genauigkeit kostet das Beschneiden, und wie ist das zu erklären?");
    const german = { question: asked, standalone: asked, confidence: "none" } as const;
    const said =
      "Die Genauigkeit sinkt um 0,3 Punkte [1]. Das ist auf die kleineren Netze zurückzuführen [1]. Es dauert aber 77 Tage [1].";
    const { answerer: answering, model } = await answerer([text(said)]);
    const { composed } = await run(answering.answer(request(german)));
    const show = ({ start, end }: { start: number; end: number }) => composed.text.slice(start, end);
    expect(composed.unjudged?.map(show)).toEqual(["Das ist auf die kleineren Netze zurückzuführen [1]."]);
    expect(composed.unsupported.map(show)).toEqual(["Es dauert aber 77 Tage [1]."]);
    expect(composed.citations[0]).toMatchObject({
      support: "strong",
      quote: "Accuracy falls by 0.3 points.",
    });
    expect(composed.text).toContain("Aussagen ohne Zahl oder Namen wurden nicht geprüft");
    expect(model.requests[0]?.messages.at(-1)?.content).toMatch(/Answer in German\.$/);
  });

  it("is not certain of an answer that its sources carry nothing of, and says so", async () => {
    const said = "Pruning makes the model 999 times faster [1]. It was invented by Google in 1998 [1].";
    const { answerer: answering } = await answerer([text(said)]);
    const { composed } = await run(answering.answer(request()));
    expect(composed.text).toBe(`${said}\n\nNone of this could be verified in the abstracts.`);
    expect(composed.confidence).toBe("tentative");
    const { claim } = composed.citations[0] as Citation;
    expect(composed.text.slice(claim.start, claim.end)).toMatch(/^Pruning .* faster$/);
    const half = await answerer([text(`Pruning halves the memory. ${said}`)]);
    expect((await run(half.answerer.answer(request()))).composed.confidence).toBe("high");
  });

  it.each([
    "\n\nSources: [1] Pruning at Scale [2] Quantising Everything",
    "\n\n---\n**Sources:**\n\n- [1] Pruning at Scale\n- [2] Quantising Everything\n",
    "\n## References\n[1], [2]",
  ])("leaves out the list of sources %j", async (list) => {
    const { answerer: answering } = await answerer([...ANSWER, text(list)]);
    const { composed } = await run(answering.answer(request()));
    expect(composed.text).toBe("Pruning halves the memory [1]. Four bits keep accuracy [2].");
    expect(composed.citations.map(({ marker }) => marker)).toEqual([1, 2]);
    expect(composed.unsupported).toEqual([]);
  });

  it.each([
    "Pruning halves the memory.\n\nSources: [1]",
    "Pruning halves the memory [1].\n\nSources: it is also what makes four bits enough [2].",
  ])("keeps what is not only a list of sources beside notes: %j", async (said) => {
    const { answerer: answering } = await answerer([text(said)]);
    const { composed } = await run(answering.answer(request()));
    expect(composed.text).toBe(said);
  });

  it("takes a refusal in another language for one", async () => {
    const { answerer: answering } = await answerer([text("Die Quellen sagen dazu nichts.")]);
    const { composed } = await run(answering.answer(request()));
    expect(composed).toMatchObject({
      text: "Die Quellen sagen dazu nichts.",
      confidence: "none",
      citations: [],
    });
  });

  it("keeps what was streamed when it is aborted", async () => {
    const { answerer: answering, model } = await answerer([...ANSWER.slice(0, 3), 10_000, text("never")]);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const { parts, composed } = await run(answering.answer(request({ signal: stop.signal })));
    expect(composed.text).toBe("Pruning halves the memory [1].");
    expect(shown(parts).trimEnd()).toBe(composed.text);
    expect(composed.citations).toHaveLength(1);
    expect(model.requests[0]?.stopped).toBe(true);
  });

  it("keeps the decision that there is an answer when it is aborted before the first note", async () => {
    const { answerer: answering } = await answerer([text("Pruning "), 10_000, text("never")]);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const { composed } = await run(answering.answer(request({ signal: stop.signal })));
    expect(composed).toMatchObject({ text: "Pruning", citations: [], confidence: "high" });
  });

  it("stops the model when nobody reads on, through the fallback too", async () => {
    const { answerer: answering, plain, model } = await answerer([text("Pruning "), 10_000, text("never")]);
    for (const one of [answering, new FallbackAnswerer(answering, plain, () => {})]) {
      for await (const _ of one.answer(request())) break;
      expect(model.requests.at(-1)?.stopped).toBe(true);
    }
  });

  it("shows the model only what it may cite", async () => {
    const { answerer: answering, model } = await answerer([text("One [1]. Nine [9].")]);
    const { composed } = await run(answering.answer(request()));
    expect(composed.text).not.toContain("[9]");
    const [, asked] = model.requests[0]?.messages ?? [];
    expect(asked?.content).toContain("Pruning halves the memory of the model.");
  });

  it("compares with the prompt for that", async () => {
    const { answerer: answering, model } = await answerer(ANSWER);
    const standalone = new Question("Compare pruning with quantisation");
    await run(answering.answer(request({ standalone })));
    expect(model.requests[0]?.messages[0]?.content).toMatch(/^You compare research papers/);
    await run(answering.answer(request({ task: "summary" })));
    expect(model.requests[1]?.messages[0]?.content).toMatch(/^You summarise a research paper/);
  });
});

describe("a long message", () => {
  it("is shown to the model as it was sent", async () => {
    const { answerer: answering, model } = await answerer(ANSWER);
    const whole = `How much memory does pruning save?\n${"We logged the runtime. ".repeat(100)}`;
    await run(answering.answer(request({ whole })));
    expect(model.requests[0]?.messages.at(-1)?.content).toContain(whole.trim());
  });
});

describe("FallbackAnswerer", () => {
  it("lets the second one stream when nothing was shown", async () => {
    const { answerer: answering, plain } = await answerer([new ModelError("refused")]);
    const faults: unknown[] = [];
    const both = new FallbackAnswerer(answering, plain, (error) => faults.push(error));
    const { parts, composed } = await run(both.answer(request()));
    expect(shown(parts)).toBe(composed.text);
    expect(composed).toMatchObject({
      model: "extractive",
      fallback: { from: "test:model", reason: "nothing answers at the address of the model's server" },
    });
    expect(faults).toHaveLength(1);
  });

  it("shows nothing more when something was, and tells nobody what an unknown error says", async () => {
    const { answerer: answering, plain } = await answerer([text("Half "), new Error("secret /path")]);
    const both = new FallbackAnswerer(answering, plain, () => {});
    const { parts, composed } = await run(both.answer(request()));
    expect(shown(parts).trimEnd()).toBe("Half");
    expect(composed.fallback?.reason).toBe("the model failed");
    expect(composed.citations.length).toBeGreaterThan(0);
  });
});
