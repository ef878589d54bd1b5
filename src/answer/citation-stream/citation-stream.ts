import { MAX_MARKER, MarkerScan, readMarkerGroup } from "./marker.ts";
import { StreamOutput, type StreamPiece } from "./output.ts";
import { BackslashSyntax, CodeSyntax, DollarSyntax, LinkSyntax, Region, type Syntax } from "./regions.ts";

export type { StreamNote, StreamPiece } from "./output.ts";

/** Text that is still to be read, or to be read again. */
interface Frame {
  readonly text: string;
  at: number;
}

const UNFINISHED = /[[【][\d\s,;:^†‐‑–—−-]*$/;
/** What may stand before a fence on its line. */
const LINE_HEAD = /[\s>\-*+\d.)]/;

/**
 * A model's text in, the text to show out, in which every marker [n] names a source and has its note. Markers outside
 * code, formulas and links are written as [1][2]; one that names no source goes, with the white space before it. The
 * result does not depend on how the text is cut into chunks.
 *
 * Every character goes out in the push that brought it, but for these: half a surrogate pair; an unfinished marker and
 * the white space before it (MAX_MARKER); and what follows a marker as long as it is open whether that stands in a
 * formula, a code span or a link (the limit of each syntax, 1,000 code units at most).
 * Time is linear: what is read again when a region fails is bounded, and begins behind an opener that is done with.
 */
export class CitationStream {
  /** Rising. */
  readonly #known: readonly number[];
  readonly #scan = new MarkerScan();
  readonly #output = new StreamOutput();
  readonly #frames: Frame[] = [];
  #region: Region | undefined;
  /** Where `#region` begins in the text that came in. */
  #regionStart = 0;
  /** In an undecided region a marker has come: all from it on waits. */
  #waiting = false;
  /** A marker in square brackets, until the next character tells that it is no link. */
  #pending = "";
  /** How far the text that came in is decided, and given out. They differ while a region is read again. */
  #decided = 0;
  #given = 0;
  #dropped = 0;
  #atLineHead = true;
  #behindBracket = false;
  #half = "";

  /** @param markers the sources' numbers */
  constructor(markers: ReadonlySet<number>) {
    this.#known = [...markers].sort((a, b) => a - b);
  }

  /** Numbers and ranges, as written, that named no source. */
  get dropped(): number {
    return this.#dropped;
  }

  push(chunk: string): StreamPiece {
    const text = this.#half + chunk;
    const cut = /[\uD800-\uDBFF]$/.test(text.slice(-1)) ? text.length - 1 : text.length;
    this.#half = text.slice(cut);
    this.#read(text.slice(0, cut));
    return this.#output.take();
  }

  /** What was held back: the text is complete. */
  end(): StreamPiece {
    this.#read(this.#half);
    this.#half = "";
    while (this.#region !== undefined) {
      if (this.#region.ends()) this.#closeRegion(this.#region);
      else this.#failRegion(this.#region);
      this.#read("");
    }
    this.#acceptPending("");
    this.#give(this.#scan.take());
    return this.#output.take();
  }

  #read(text: string): void {
    this.#frames.push({ text, at: 0 });
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (frame.at < frame.text.length) this.#step(frame.text.charAt(frame.at++));
      else this.#frames.pop();
    }
  }

  #step(char: string): void {
    if (this.#region !== undefined) this.#stepInside(this.#region, char);
    else if (this.#pending !== "" && char === "(") this.#open(new LinkSyntax(), char);
    else this.#stepOutside(char);
  }

  #stepOutside(char: string): void {
    this.#acceptPending(char);
    const { text, marker } = this.#scan.feed(char);
    this.#give(text);
    const syntax = this.#syntaxOf(char);
    this.#behindBracket = char === "]" && marker === undefined;
    this.#atLineHead = char === "\n" || (this.#atLineHead && LINE_HEAD.test(char));
    if (marker !== undefined) this.#pending = marker;
    else if (syntax !== undefined) this.#open(syntax, char);
  }

  #syntaxOf(char: string): Syntax | undefined {
    if (char === "`") return new CodeSyntax(this.#atLineHead);
    if (char === "$") return new DollarSyntax();
    if (char === "\\") return new BackslashSyntax();
    return char === "(" && this.#behindBracket ? new LinkSyntax() : undefined;
  }

  #open(syntax: Syntax, char: string): void {
    this.#waiting = this.#pending !== "";
    this.#regionStart = this.#waiting ? this.#decided + this.#pending.length : this.#decided - 1;
    this.#region = new Region(syntax, char);
    this.#atLineHead = false;
    this.#behindBracket = false;
  }

  #stepInside(region: Region, char: string): void {
    const verdict = region.feed(char);
    if (verdict === "failed") this.#failRegion(region);
    else if (verdict === "closed" || verdict === "ended") this.#closeRegion(region);
    else if (verdict === "certain") this.#giveRest(region);
    else if (region.isCertain || region.text.length <= region.opener) this.#give(char);
    else if (!this.#waiting) this.#passUndecided(char);
    if (verdict === "ended") this.#step(char);
  }

  #passUndecided(char: string): void {
    const { text, marker } = this.#scan.feed(char);
    this.#give(text);
    this.#waiting = marker !== undefined;
  }

  #closeRegion(region: Region): void {
    if (!region.isCertain) this.#giveRest(region);
    this.#region = undefined;
  }

  /** What of a region, and the marker before a link, has not been given out. */
  #giveRest(region: Region): void {
    this.#scan.take();
    this.#give(this.#pending);
    this.#pending = "";
    this.#give(region.text.slice(this.#decided - this.#regionStart));
  }

  /** Its opener is text; what follows is read again, and not given out twice. */
  #failRegion(region: Region): void {
    this.#region = undefined;
    this.#scan.take();
    this.#decided = this.#regionStart - this.#pending.length;
    this.#acceptPending("(");
    this.#give(region.text.slice(0, region.opener));
    this.#frames.push({ text: region.text.slice(region.opener), at: 0 });
  }

  /** Text as it came, but for what of it was given out before. */
  #give(text: string): void {
    const known = this.#given - this.#decided;
    this.#decided += text.length;
    if (this.#decided <= this.#given) return;
    this.#given = this.#decided;
    this.#output.append(text.slice(Math.max(0, known)));
  }

  /** The pending marker is no link's text. @param next the character behind it */
  #acceptPending(next: string): void {
    const raw = this.#pending;
    this.#pending = "";
    const marker = raw.trimStart();
    const space = raw.slice(0, -marker.length);
    const group = raw === "" ? undefined : readMarkerGroup(marker, this.#known);
    if (group === undefined) {
      this.#give(raw);
      return;
    }
    this.#decided += raw.length;
    this.#given = this.#decided;
    this.#dropped += group.dropped;
    // "[1](2020)" would read as a link to "2020".
    if (this.#output.mark(space, group.kept)) this.#output.append(next === "(" ? " " : "");
    else this.#output.append(this.#gap(space, next));
  }

  /** What stands in for a marker that went: "fast [9]and" is not one word, "[1[9]]" no marker that no one wrote. */
  #gap(space: string, next: string): string {
    if (UNFINISHED.test(this.#output.tail(MAX_MARKER))) return "…";
    return space !== "" && /[\p{L}\p{N}(]/u.test(next) ? " " : "";
  }
}
