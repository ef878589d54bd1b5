/** An answer while it grows. Whatever stops it, what is there is a whole answer whose notes hold. */
import type { AnswerPart, ComposedAnswer } from "../../answer/answerer.ts";
import { isVerbatim } from "../../answer/citations.ts";
import type { PaperCatalog } from "../../corpus/catalog.ts";
import { isUnsound, RETRACTED, WITHDRAWN } from "../../corpus/identity/flags.ts";
import type { PaperBody } from "../../corpus/paper.ts";
import { AppError } from "../../errors.ts";
import { unsound } from "../../protocol/wording.ts";
import type { Answer, AnswerEvent, Citation, Paper, Scope, Source } from "../../protocol.ts";
import type { RankedPaper } from "../../retrieval/retriever.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { PaperRead } from "../decide-on.ts";
import { quote } from "../find/search.ts";
import type { AskRequest } from "../port.ts";
import type { AppendedQuestion } from "./append-question.ts";
import type { Retrieved } from "./retrieve.ts";

export class AnswerDraft {
  readonly request: AskRequest;
  readonly conversationId: string;
  readonly questionId: string;
  standaloneQuestion: string;
  /** What was asked of: given, or read out of the question. */
  scope: Scope | undefined;
  ranked: readonly RankedPaper[] = [];
  sources: Source[] = [];
  /** Questions to go on with. */
  next: readonly string[] = [];
  readonly #papers = new Map<string, Paper>();
  #excerpts: ReadonlyMap<string, PaperRead> = new Map();
  #bodyOf: (id: string) => PaperBody | undefined = () => undefined;
  readonly #timings = { retrievalMs: 0, firstTokenMs: 0, totalMs: 0 };
  readonly #elapsed: () => number;
  #text = "";
  #citations: Citation[] = [];
  #composed: ComposedAnswer | undefined;

  constructor(request: AskRequest, { conversationId, questionId }: AppendedQuestion, clock: () => number) {
    this.request = request;
    this.conversationId = conversationId;
    this.questionId = questionId;
    this.standaloneQuestion = request.question;
    this.scope = request.scope;
    const began = clock();
    this.#elapsed = () => Math.round((clock() - began) * 10) / 10;
  }

  /** Markers are ranks until the answer numbers its sources. */
  retrieved({ standaloneQuestion, scope, ranked, excerpts }: Retrieved, catalog: PaperCatalog): void {
    this.standaloneQuestion = standaloneQuestion;
    this.scope = scope;
    this.ranked = ranked;
    this.#excerpts = excerpts ?? new Map();
    this.#bodyOf = (id) => catalog.body(id);
    this.sources = ranked.map(({ paperId, score, passages }, at) => {
      const paper = catalog.get(paperId);
      if (paper === undefined)
        throw new AppError("internal", `paper "${paperId}" is ranked, but not in the catalog`);
      this.#papers.set(paper.id, paper);
      const { abstract: _, ...rest } = paper;
      return {
        marker: at + 1,
        paper: rest,
        score,
        passages: passages.map((span) => quote(paper, span, catalog.body(paper.id))),
      };
    });
    this.#timings.retrievalMs = this.#elapsed();
  }

  /** A paper among the sources as it is read for the question, and the reader's logits of its sentences. */
  read(id: string): PaperRead {
    const excerpt = this.#excerpts.get(id);
    if (excerpt !== undefined) return excerpt;
    const paper = this.#papers.get(id);
    if (paper === undefined)
      throw new AppError("internal", `paper "${id}" is cited, but not among the sources`);
    return { paper, sentences: this.ranked.find(({ paperId }) => paperId === id)?.sentences };
  }

  /** The part as an event; undefined for a note that does not hold. */
  take(part: AnswerPart): AnswerEvent | undefined {
    if (part.type === "sources") {
      this.sources = [...part.sources];
      return { type: "sources", sources: this.sources };
    }
    if (part.type === "text") {
      this.#timings.firstTokenMs ||= this.#elapsed();
      this.#text += part.text;
      return { type: "delta", text: part.text };
    }
    if (!this.#holds(part.citation)) return undefined;
    this.#citations.push(part.citation);
    return part;
  }

  /**
   * The final text replaces what was streamed; of its notes only those that hold are kept. Papers that were retracted or
   * withdrawn are named under it, and are never all that makes an answer certain.
   * @returns what this adds to the text
   */
  compose(composed: ComposedAnswer): string {
    if (composed.sources !== undefined) this.sources = [...composed.sources];
    this.#citations = composed.citations.filter((citation) => this.#holds(citation));
    const cited = new Set(this.#citations.flatMap(({ paperId }) => this.#papers.get(paperId) ?? []));
    const doubtful = [...cited].filter(isUnsound);
    const isDoubtful =
      doubtful.length > 0 && doubtful.length === cited.size && composed.confidence === "high";
    this.#composed = isDoubtful ? { ...composed, confidence: "tentative" } : composed;
    const notes = doubtful.flatMap(({ title, flags = [] }) => {
      const flag = flags.includes(RETRACTED) ? RETRACTED : flags.includes(WITHDRAWN) ? WITHDRAWN : undefined;
      return flag === undefined ? [] : [`\n\n${unsound(escapeMarkdown(title), flag)}`];
    });
    this.#text = composed.text + notes.join("");
    return notes.join("");
  }

  /**
   * The answer as it stands.
   * @param model who answered, where nothing was composed
   * @param cut whether it ends before its end
   */
  finish(model: string, cut: boolean): Answer {
    this.#timings.totalMs = this.#elapsed();
    const partial = this.#citations.length > 0 ? "tentative" : "none";
    const { scope } = this;
    const isRead = scope !== undefined && this.request.scope === undefined;
    const { confidence = partial, ...composed } = this.#composed ?? { model, unsupported: [] };
    return {
      ...composed,
      messageId: this.request.messageId,
      conversationId: this.conversationId,
      question: this.request.question,
      standaloneQuestion: this.standaloneQuestion,
      ...(scope === undefined ? {} : { scope }),
      ...(isRead ? { scopeRead: true as const } : {}),
      text: this.#text,
      citations: this.#citations,
      sources: this.sources,
      ...(this.next.length === 0 ? {} : { next: [...this.next] }),
      confidence,
      abstained: confidence === "none",
      ...(cut ? { cut } : {}),
      timings: this.#timings,
    };
  }

  #holds(citation: Citation): boolean {
    const paper = this.#papers.get(citation.paperId);
    return paper !== undefined && isVerbatim(citation, paper, this.#bodyOf(paper.id));
  }
}

/** Milliseconds of a streaming answer that a crash loses at most, as long as few are written at once. */
const EACH_MS = 1000;
/** Milliseconds between two of many: storing an answer of 30 kB takes 0.7 ms, for which all the others wait. */
const SPACING_MS = 50;

interface Options {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly random?: () => number;
}

/** When answers are to be stored while they are written: one schedule for all of them. */
export class Checkpoints {
  readonly #clock: () => number;
  readonly #random: () => number;
  #running = 0;

  constructor({ clock, random = Math.random }: Options) {
    this.#clock = clock;
    this.#random = random;
  }

  /** An answer begins: `due` tells whether it is to be stored now, `end` that it is over. */
  begin(): { due(): boolean; end(): void } {
    this.#running += 1;
    // Answers that begin together are not all stored in the same moment.
    let stored = this.#clock() - this.#random() * this.#period();
    return {
      due: () => {
        const now = this.#clock();
        if (now - stored < this.#period()) return false;
        stored = now;
        return true;
      },
      end: () => {
        this.#running -= 1;
      },
    };
  }

  #period(): number {
    return Math.max(EACH_MS, this.#running * SPACING_MS);
  }
}
