/** One answer of a language model while it is written. */
import type { ClaimSupport } from "../../claim/claim-support.ts";
import { type ModelDelta, ModelError, type ReadingLimits } from "../../model/chat-model.ts";
import { LESS_CERTAIN } from "../../protocol/wording.ts";
import type { Citation } from "../../protocol.ts";
import { type Channel, nextTurn } from "../../util/turns.ts";
import { type AnswerPart, type AnswerRequest, type ComposedAnswer, nearestTo } from "../answerer.ts";
import { withoutSourceList } from "../audit/answer-blocks.ts";
import { type Audit, auditAnswer } from "../audit/audit.ts";
import { saysNothingElsewhere } from "../audit/audited-sentence.ts";
import { CitationForms, CopiedNumbers } from "../citation-stream/citation-forms.ts";
import { CitationStream, type StreamPiece } from "../citation-stream/citation-stream.ts";
import { NoteMaker } from "./note-maker.ts";

/** Stands before an answer that the decision (abstain.ts) takes for uncertain: a contract of that confidence. */
const TENTATIVE = `${LESS_CERTAIN.written}\n\n`;
/** Stands behind an answer of which the sources that it names carry nothing; in another language they hardly can. */
const UNCARRIED = "\n\nNone of this could be verified in the abstracts.";
/** Stands behind an answer that ran into LLM_MAX_TOKENS, or into what is read of one. Not the contract's `cut`: that message is finished. */
const TOO_LONG = "\n\nThe answer ends here because the model reached its limit of length.";
/** A marker with the space before it, looked for from the beginning of that alone. */
const MARKER = /(?<!\s)\s*\[\d+\]/g;
/** The first code unit of a surrogate pair whose second one is missing. */
const HALF = /[\uD800-\uDBFF]$/;
/** What parts the channels of a model's words: no words of its own. */
const TOKEN = /<\|[a-z_]{1,20}\|>(?:assistant|analysis|commentary)?/g;
/** UTF-16 code units of a model's thoughts that are kept. */
const MOST_THOUGHTS = 20_000;
/** UTF-16 code units read at a time, with at most as many notes as a quarter of them. */
const STEP = 256;

/** All but the model's name. */
type Written = Omit<ComposedAnswer, "model">;

interface WritingOptions {
  readonly request: AnswerRequest;
  /** What the model was shown of each source, by its marker; asked for when its first words are there. */
  readonly shown: () => ReadonlyMap<number, string>;
  readonly support: ClaimSupport;
  readonly limits: Pick<ReadingLimits, "text" | "notes">;
  /** Stops the model, and what is made of its words. */
  readonly signal: AbortSignal;
  /** Gets the parts as they come. */
  readonly parts: Channel<AnswerPart>;
}

export class AnswerWriting {
  readonly #options: WritingOptions;
  #forms = new CitationForms(new Set());
  #stream = new CitationStream(new Set());
  #notes: NoteMaker;
  readonly #lead: string;
  /** The model's, without the lead. */
  #text = "";
  /** UTF-16 code units of the model's text that may still come. */
  #room: number;
  #usage: ModelDelta["usage"];
  #finish: ModelDelta["finish"];
  #thoughts = "";
  /** What was shown turned out to be none of the answer: the final text replaces it, and no more is shown. */
  #isSilent = false;

  constructor(options: WritingOptions) {
    const { request, limits } = options;
    this.#options = options;
    this.#room = limits.text;
    this.#lead = request.confidence === "tentative" && request.task === "question" ? TENTATIVE : "";
    this.#notes = this.#noteMaker();
  }

  /** What the model reports beside its words. */
  get told(): Pick<ComposedAnswer, "usage" | "thoughts"> {
    const thoughts = this.#thoughts.replace(TOKEN, "").trim();
    return {
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      ...(thoughts === "" ? {} : { thoughts }),
    };
  }

  /**
   * Reads the model to its end, or to where the limits end it.
   * @returns undefined when its markers named no source at all: nothing of what it says can be checked
   * @throws ModelError when it is no answer
   */
  async write(deltas: AsyncIterable<ModelDelta>): Promise<Written | undefined> {
    const { request } = this.#options;
    try {
      await this.#read(deltas);
      await this.#notes.settled();
      return await this.#judge();
    } catch (error) {
      if (!request.signal?.aborted) throw error;
    }
    // Stopped before a note or behind one: what the corpus answers does not hang on that.
    const { citations } = this.#notes;
    return this.#compose(request.confidence, { citations, unsupported: [] });
  }

  async #read(deltas: AsyncIterable<ModelDelta>): Promise<void> {
    let begun = false;
    let opened = false;
    for await (const { text, usage, finish, thought = "", withdrawn } of deltas) {
      if (!opened) this.#open();
      opened = true;
      this.#think(thought);
      if (withdrawn === true) {
        this.#withdraw();
        begun = false;
      }
      this.#usage = usage ?? this.#usage;
      this.#finish = finish ?? this.#finish;
      // Some models begin with a line break or two.
      const words: string = begun ? text : text.trimStart();
      begun ||= words !== "";
      this.#room -= text.length - words.length;
      if (await this.#take(words)) continue;
      // Leaving the loop closes the request: not every server keeps to the limit that it was given.
      this.#finish = "length";
      break;
    }
    this.#show(this.#stream.push(this.#forms.end()));
    this.#show(this.#stream.end());
  }

  #open(): void {
    const shown = this.#options.shown();
    const markers = new Set(shown.keys());
    this.#forms = new CitationForms(markers, new CopiedNumbers(shown.values()));
    this.#stream = new CitationStream(markers);
  }

  #think(thought: string): void {
    const room = MOST_THOUGHTS - this.#thoughts.length;
    if (room > 0) this.#thoughts += thought.slice(0, room).replace(HALF, "");
  }

  /** All so far was thought aloud: it begins again. */
  #withdraw(): void {
    this.#isSilent = true;
    this.#text = "";
    this.#room = this.#options.limits.text;
    this.#open();
    this.#notes = this.#noteMaker();
  }

  #noteMaker(): NoteMaker {
    const { request, support, signal } = this.#options;
    const maker: NoteMaker = new NoteMaker(request, support, signal, (citation) => {
      // Of a thought that was withdrawn meanwhile no note is shown.
      if (maker !== this.#notes) return;
      this.#push({ type: "citation", citation: shiftCitation(citation, this.#lead.length) });
    });
    return maker;
  }

  #push(part: AnswerPart): void {
    if (!this.#isSilent) this.#options.parts.push(part);
  }

  /** @returns whether more may come */
  async #take(words: string): Promise<boolean> {
    const { limits, signal } = this.#options;
    // Half a character at the end is none.
    const room = Math.max(0, this.#room);
    const fits = words.length <= room ? words : words.slice(0, room).replace(HALF, "");
    const end = fits.length;
    for (let at = 0; at < end; at += STEP) {
      if (at > 0) await nextTurn(signal);
      this.#show(this.#stream.push(this.#forms.push(fits.slice(at, at + STEP))));
      if (this.#notes.added >= limits.notes) return false;
      if (this.#notes.isFull) await this.#notes.settled();
    }
    this.#room -= end;
    return end === words.length && this.#room >= 0;
  }

  #show({ text, notes }: StreamPiece): void {
    if (text !== "") {
      const shown = this.#text === "" ? this.#lead + text : text;
      this.#text += text;
      this.#push({ type: "text", text: shown });
    }
    for (const note of notes) this.#notes.add(note);
  }

  async #judge(): Promise<Written | undefined> {
    const { request, support, signal } = this.#options;
    if (this.#finish === "filtered") throw new ModelError("filtered");
    if (this.#text.trim() === "") throw new ModelError("empty");
    const { text, citations } = withoutSourceList({ text: this.#text, citations: this.#notes.citations });
    this.#text = text;
    const audit = await auditAnswer({
      text,
      citations,
      paperOf: request.paper,
      support,
      signal,
    });
    if (audit.saysNothing) return this.#saysNothing();
    if (audit.citations.length > 0) {
      if (this.#finish === "length") this.#add(TOO_LONG);
      if (audit.uncarried) this.#add(UNCARRIED);
      return this.#compose(audit.uncarried ? "tentative" : request.confidence, audit);
    }
    if (saysNothingElsewhere(this.#text)) return this.#saysNothing();
    if (this.#stream.dropped === 0) throw new ModelError("uncited");
    return undefined;
  }

  /** Says something of the answer behind it. */
  #add(remark: string): void {
    this.#text = this.#text.trimEnd() + remark;
    this.#push({ type: "text", text: remark });
  }

  /** The model read the sources and found no answer: an abstention, and those hold no notes. */
  #saysNothing(): Written {
    const text = this.#text.replace(MARKER, "").trim();
    const nearest = nearestTo(this.#options.request.sources);
    return { text, citations: [], unsupported: [], confidence: "none", shape: "none", nearest };
  }

  #compose(
    confidence: ComposedAnswer["confidence"],
    { citations, unsupported }: Pick<Audit, "citations" | "unsupported">,
  ): Written {
    const by = this.#lead.length;
    return {
      text: this.#text === "" ? "" : (this.#lead + this.#text).trimEnd(),
      citations: citations.map((citation) => shiftCitation(citation, by)),
      unsupported: unsupported.map((span) => shiftSpan(span, by)),
      confidence,
    };
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The note on a text that `by` characters were put in front of. */
function shiftCitation(citation: Citation, by: number): Citation {
  return { ...citation, claim: shiftSpan(citation.claim, by) };
}

function shiftSpan({ start, end }: Span, by: number): { start: number; end: number } {
  return { start: start + by, end: end + by };
}
