/** The default answerer: no language model, the abstracts' own sentences, each with its note. */
import type { Embedder } from "../../embedding/embedder.ts";
import type { Citation, Confidence } from "../../protocol.ts";
import { escapeMarkdown } from "../../util/escape-markdown.ts";
import type { Answerer, AnswerPart, AnswerRequest, ComposedAnswer } from "../answerer.ts";
import { makeCitation } from "../citations.ts";
import { smallTalk, smallTalkReply } from "../small-talk.ts";
import { type Candidate, rankSentences } from "./candidates.ts";
import { PaperSentences } from "./paper-sentences.ts";
import { selectAnswer, selectClosest, selectSummary } from "./select.ts";

/** Papers offered where the corpus does not answer. */
const SUGGESTED = 3;
const TENTATIVE = "No paper here answers this directly. The closest say:";

export class ExtractiveAnswerer implements Answerer {
  readonly model = "extractive";
  readonly #embedder: Embedder;
  readonly #sentences: PaperSentences;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
    this.#sentences = new PaperSentences(embedder);
  }

  async *answer(request: AnswerRequest): AsyncGenerator<AnswerPart, ComposedAnswer> {
    const chat = request.task === "question" ? smallTalk(request.question) : undefined;
    if (chat !== undefined) return yield* this.#say(smallTalkReply(chat, request.corpusSize), "none");
    if (request.confidence === "none") return yield* this.#say(abstention(request), "none");
    const ranked = await rankSentences(request, this.#embedder, this.#sentences);
    const chosen =
      request.task === "summary"
        ? selectSummary(ranked)
        : request.confidence === "tentative"
          ? selectClosest(ranked)
          : selectAnswer(ranked);
    if (chosen.length === 0) return yield* this.#say(abstention(request), "none");
    return yield* this.#compose(request, chosen);
  }

  /** An answer without notes. */
  async *#say(text: string, confidence: Confidence): AsyncGenerator<AnswerPart, ComposedAnswer> {
    yield { type: "text", text };
    return { text, citations: [], confidence, unsupported: [], model: this.model };
  }

  async *#compose(
    request: AnswerRequest,
    chosen: readonly Candidate[],
  ): AsyncGenerator<AnswerPart, ComposedAnswer> {
    const citations: Citation[] = [];
    let text = "";
    const result = (): ComposedAnswer => ({
      text,
      citations,
      confidence: request.confidence,
      unsupported: [],
      model: this.model,
    });
    if (request.confidence === "tentative" && request.task === "question") {
      text = TENTATIVE;
      yield { type: "text", text };
    }
    for (const [index, candidate] of byPaper(chosen).entries()) {
      if (request.signal?.aborted) break;
      const { paper, source } = candidate;
      const follows = citations.at(-1)?.paperId === paper.id;
      const lead = follows ? " " : `${text === "" ? "" : "\n\n"}**${escapeMarkdown(runIn(paper.title))}** `;
      const sentence = escapeMarkdown(paper.abstract.slice(candidate.start, candidate.end));
      const start = text.length + lead.length;
      const piece = `${lead}${sentence} [${source.marker}]`;
      text += piece;
      yield { type: "text", text: piece };
      const citation = makeCitation(
        {
          id: `${request.messageId}-${index + 1}`,
          marker: source.marker,
          support: "strong",
          field: "abstract",
          claim: { start, end: start + sentence.length },
          quoted: candidate,
        },
        paper,
      );
      citations.push(citation);
      yield { type: "citation", citation };
    }
    return result();
  }
}

/** Sentences of a paper stand together; papers in the order of their best sentence. */
function byPaper(chosen: readonly Candidate[]): Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of chosen) {
    const group = groups.get(candidate.paper.id);
    if (group === undefined) groups.set(candidate.paper.id, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()].flat();
}

/** A title as the run-in heading of a paragraph: it ends like a sentence. */
function runIn(title: string): string {
  return /[.?!]$/.test(title) ? title : `${title}.`;
}

function abstention({ sources, corpusSize }: AnswerRequest): string {
  const says =
    corpusSize === 1
      ? "The one paper here does not answer this."
      : `None of the ${corpusSize} papers here answers this.`;
  const nearest = sources.slice(0, SUGGESTED).map(({ paper }) => `- ${escapeMarkdown(paper.title)}`);
  return nearest.length === 0 ? says : `${says} The nearest are:\n\n${nearest.join("\n")}`;
}
