/** One answer of a language model while it is written. */
import type { Support } from "../../claim/support-across-languages.ts";
import { type ModelDelta, ModelError, type ReadingLimits } from "../../model/chat-model.ts";
import { remarkUnder } from "../../question/language/language.ts";
import { type Channel, nextTurn } from "../../util/turns.ts";
import { type AnswerPart, type AnswerRequest, type ComposedAnswer, nearestTo } from "../answerer.ts";
import { auditSentences, withoutSourceList } from "../audit/answer-blocks.ts";
import { type Audit, auditAnswer } from "../audit/audit.ts";
import { saysNothing, saysNothingElsewhere } from "../audit/audited-sentence.ts";
import { type Noted, withFoundNotes } from "../audit/found-notes.ts";
import { CitationForms, CopiedNumbers } from "../citation-stream/citation-forms.ts";
import { CitationStream, type StreamPiece } from "../citation-stream/citation-stream.ts";
import { NoteMaker } from "./note-maker.ts";

/** Stands behind an answer that ran into LLM_MAX_TOKENS, or into what is read of one. Not the contract's `cut`: that message is finished. */
const TOO_LONG = "\n\nThe answer ends here because the model reached its limit of length.";
/** A marker with the space before it, looked for from the beginning of that alone. */
const MARKER = /(?<!\s)\s*\[\d+\]/g;
/** The first code unit of a surrogate pair whose second one is missing. */
const HALF = /[\uD800-\uDBFF]$/;
/** What parts the channels of a model's words: no words of its own. */
const TOKEN = /<\|[a-z_]{1,20}\|>(?:assistant|analysis|commentary)?/g;
/** Of what a model states without naming a source: the share that one must carry for it to be an answer. */
const LEAST_FOUND = 0.5;
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
  readonly support: Support;
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
  #text = "";
  /** UTF-16 code units of the model's text that may still come. */
  #room: number;
  #usage: ModelDelta["usage"];
  #finish: ModelDelta["finish"];
  #thoughts = "";
  /** What was shown turned out to be none of the answer: the final text replaces it, and no more is shown. */
  #isSilent = false;

  constructor(options: WritingOptions) {
    this.#options = options;
    this.#room = options.limits.text;
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
   * @returns undefined for an abstention: its markers named no source at all, or none carries what none was expected to
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
      this.#push({ type: "citation", citation });
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
      this.#text += text;
      this.#push({ type: "text", text });
    }
    for (const note of notes) this.#notes.add(note);
  }

  async #judge(): Promise<Written | undefined> {
    const { request } = this.#options;
    if (this.#finish === "filtered") throw new ModelError("filtered");
    if (this.#text.trim() === "") throw new ModelError("empty");
    const noted = withoutSourceList({ text: this.#text, citations: this.#notes.citations });
    this.#text = noted.text;
    const first = await this.#audit(noted);
    if (first.saysNothing) return this.#saysNothing();
    const isCited = first.citations.length > 0;
    if (!isCited && saysNothingElsewhere(this.#text)) return this.#saysNothing();
    // It named sources, and there are none of them.
    if (!isCited && this.#stream.dropped > 0) return undefined;
    const found = await this.#withFoundNotes({ text: noted.text, citations: first.citations }, first);
    // The papers answer better than words of which they carry half, named by nobody.
    if (!isCited && found.share < LEAST_FOUND) {
      if (request.confidence === "none") return undefined;
      throw new ModelError("uncited");
    }
    const audit = found.text === noted.text ? first : await this.#audit(found);
    if (audit.uncarried && request.confidence === "none") return undefined;
    this.#text = found.text;
    if (this.#finish === "length") this.#add(TOO_LONG);
    const remark = audit.uncarried ? "unverified" : audit.unjudged.length > 0 ? "unjudged" : undefined;
    if (remark !== undefined) this.#add(`\n\n${remarkUnder(found.text, remark)}`);
    const isCertain = audit.wellCarried || (request.confidence === "high" && !audit.uncarried);
    return this.#compose(isCertain ? "high" : "tentative", audit);
  }

  /** With a note for each sentence that has none and that a source carries, as far as those do not that it names. */
  async #withFoundNotes(noted: Noted, { unsupported }: Audit): ReturnType<typeof withFoundNotes> {
    const { request, shown, support, signal } = this.#options;
    const isCited = noted.citations.length > 0;
    if (isCited && unsupported.length === 0) return { ...noted, share: 1 };
    const markers = shown();
    const papers = new Map(
      request.sources
        .filter(({ marker }) => markers.has(marker))
        .map(({ marker, paper }) => [marker, request.paper(paper.id)] as const),
    );
    const only = isCited ? { only: unsupported } : {};
    return withFoundNotes(noted, { messageId: request.messageId, support, papers, signal, ...only });
  }

  #audit({ text, citations }: Noted): Promise<Audit> {
    const { request, support, signal } = this.#options;
    return auditAnswer({ text, citations, paperOf: request.paper, support, signal });
  }

  /** Says something of the answer behind it. */
  #add(remark: string): void {
    this.#text = this.#text.trimEnd() + remark;
    this.#push({ type: "text", text: remark });
  }

  /** The model read the sources and found no answer: an abstention, and those hold no notes. */
  #saysNothing(): Written {
    const said = this.#text.replace(MARKER, "").trim();
    const sentences = auditSentences(said).map(({ text }) => text);
    const english = sentences.filter(saysNothing);
    const denials = english.length > 0 ? english : sentences.filter(saysNothingElsewhere);
    // What it adds from memory is no answer of the sources.
    const text = denials.length > 0 && denials.length < sentences.length ? denials.join(" ") : said;
    const nearest = nearestTo(this.#options.request.sources);
    return { text, citations: [], unsupported: [], confidence: "none", shape: "none", nearest };
  }

  #compose(
    confidence: ComposedAnswer["confidence"],
    { citations, unsupported, unjudged = [] }: Pick<Audit, "citations" | "unsupported"> & Partial<Audit>,
  ): Written {
    const text = this.#text.trimEnd();
    const open = unjudged.length === 0 ? {} : { unjudged };
    return { text, citations, unsupported, ...open, confidence };
  }
}
