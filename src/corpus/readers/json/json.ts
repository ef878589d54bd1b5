import type { Reader, ReadItem } from "../reader.ts";
import { itemOf } from "../record/to-item.ts";
import { readBytes } from "../source/read-bytes.ts";
import { TextWindow } from "../source/text-window.ts";
import { findRecords, type RecordPlace } from "./find-records.ts";
import { parseJsonRecord } from "./json-record.ts";
import { objectEnd } from "./object-end.ts";

/** Letters in which the first record begins, and that one record may have. */
const HEAD_LETTERS = 512 * 1024;
const MOST_LETTERS = 8 * 1024 * 1024;
/** Letters between two records. */
const BETWEEN = /^[\s,]*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:\s*)?(?=\{)/;
/** Ends of a list and of what is around it: other pages of a search's results may follow. */
const CLOSING = /^[\s,]*[\]}]/;

/** JSON documents: lists of records, a search's results, one record, or several one after the other. */
export const jsonReader: Reader = {
  name: "JSON",

  accepts: ({ text }) =>
    /^\s*[[{]/.test(text) && (/^\s*(?:\[\s*)*(?:\{|$)/.test(text) || firstRecord(text) !== undefined),

  async *read(file, options): AsyncGenerator<ReadItem> {
    const window = new TextWindow(readBytes(file, options));
    while (window.text.length < HEAD_LETTERS && (await window.fill()));
    const place = firstRecord(window.text.slice(0, HEAD_LETTERS));
    if (place === undefined) {
      yield { problem: { reason: "holds no object with a title" }, cutsOff: true };
      return;
    }
    yield* records(window, new Starts(window.text, place));
    if (window.fault !== undefined) {
      const reason = `cannot be read on from here: ${window.fault}`;
      yield { problem: { line: window.line, reason }, cutsOff: true };
    }
  },
};

/** Objects of the head that are tried where its beginning is broken, and how much of each. */
const TRIED = 500;
const TRIED_LETTERS = 4000;

/** The first record, or the first one behind what is broken. */
function firstRecord(head: string): RecordPlace | undefined {
  const place = findRecords(head);
  return place ?? placesIn(head).next().value ?? undefined;
}

/** Objects in the head that are records, as far as their beginning shows. */
function* placesIn(head: string): Generator<RecordPlace> {
  let tries = 0;
  for (const { index } of head.matchAll(/\{\s{0,99}"/g)) {
    if (++tries > TRIED) return;
    const found = findRecords(head.slice(index, index + TRIED_LETTERS));
    if (found?.start === 0) yield { ...found, start: index };
  }
}

/** The member that most records of the head begin with: the first record may be broken. */
function usualMember(head: string): string | undefined {
  const counts = new Map<string, number>();
  for (const { start } of placesIn(head)) {
    const member = FIRST_MEMBER.exec(head.slice(start, start + 300))?.[1];
    if (member !== undefined) counts.set(member, (counts.get(member) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

const FIRST_MEMBER = /^\{\s*"((?:[^"\\\n]|\\.){1,100})"\s*:/;

async function* records(window: TextWindow, starts: Starts): AsyncGenerator<ReadItem> {
  window.skip(starts.place.start);
  while (true) {
    for (const reason of window.takeNotes()) yield { note: { line: window.line, reason } };
    const end = await endOf(window);
    const inner = typeof end === "number" ? starts.next(window.text.slice(0, end), 1) : undefined;
    if (typeof end === "number" && inner !== undefined && starts.isSwallowing()) {
      yield { problem: { line: window.line, reason: "not valid JSON: a brace or a bracket is missing" } };
      window.skip(inner);
      continue;
    }
    if (typeof end === "number") {
      starts.took(inner !== undefined);
      const item = itemOf(parseJsonRecord(window.text.slice(0, end)), window.lineAt(end));
      yield item;
      window.skip("record" in item ? end : Math.max(1, starts.next(window.text.slice(0, end), 1) ?? end));
    } else {
      const { named } = { named: undefined, ...parseJsonRecord(window.text.slice(0, 4000)) };
      const isCut = end === "open" && window.isLast;
      const next = await nextStart(window, starts, 1);
      const problem = {
        line: window.line,
        reason:
          isCut && next === undefined
            ? "is cut off in this record"
            : "not valid JSON: a brace, a bracket or a quote is missing",
      };
      yield { problem, ...(named && { named }), ...(next === undefined ? { cutsOff: true as const } : {}) };
      if (next === undefined) return;
      window.skip(next);
      continue;
    }
    const gap = await gapBehind(window, starts);
    if (gap === undefined) return;
    if (gap.stray)
      yield { problem: { line: window.line, reason: "not valid JSON: what stands here is no record" } };
    window.skip(gap.letters);
  }
}

/** Where the object that the window begins with ends. */
async function endOf(window: TextWindow): Promise<number | "broken" | "open"> {
  let end = objectEnd(window.text);
  while (end === "open" && window.text.length < MOST_LETTERS && (await window.fill()))
    end = objectEnd(window.text);
  return end;
}

/** How much stands before the next record; undefined where none follows. */
async function gapBehind(
  window: TextWindow,
  starts: Starts,
): Promise<{ letters: number; stray: boolean } | undefined> {
  while (window.text.trim() === "" || window.text.length < 4000) if (!(await window.fill())) break;
  const usual = BETWEEN.exec(window.text);
  if (usual !== null) return { letters: usual[0].length, stray: false };
  if (window.text.trim() === "") return undefined;
  const isEnd = CLOSING.test(window.text);
  const next = await nextStart(window, starts, 0);
  return next === undefined ? undefined : { letters: next, stray: !isEnd };
}

async function nextStart(window: TextWindow, starts: Starts, from: number): Promise<number | undefined> {
  let at = from;
  while (true) {
    const next = starts.next(window.text, at);
    if (next !== undefined) return next;
    // A start may lie across the end of what is read.
    const kept = Math.max(from, window.text.length - 1000);
    if (kept > MOST_LETTERS) {
      window.skip(kept);
      at = 0;
    } else at = kept;
    if (!(await window.fill())) return undefined;
  }
}

/** What records of this document begin with: the same indent on a line of its own, or the same first member. */
class Starts {
  readonly place: RecordPlace;
  readonly #pattern: RegExp;
  readonly #length: number;
  #plain = 0;
  #nested = 0;

  constructor(head: string, place: RecordPlace) {
    this.place = place;
    const before = head.slice(0, place.start);
    const indent = /(?:^|\n)([ \t]*)$/.exec(before)?.[1];
    const first = usualMember(head.slice(0, HEAD_LETTERS)) ?? "";
    const member = `\\{\\s{0,200}"${first.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}"\\s{0,9}:`;
    const isOwnLine = indent !== undefined && indent !== "" && /^\{\s*\n/.test(head.slice(place.start));
    this.#pattern = isOwnLine
      ? new RegExp(`(?<=\\n)${indent}\\{[ \\t]*\\r?\\n`, "g")
      : new RegExp(`(?<=[,[\\]}\\n:]\\s{0,20})${member}`, "g");
    this.#length = isOwnLine ? indent.length : 0;
  }

  /** Notes a record, and whether others like it are within it: the references of a paper. */
  took(hasOthers: boolean): void {
    if (hasOthers) this.#nested++;
    else this.#plain++;
  }

  /** Whether a record that has others within it has lost its end: none before it had. */
  isSwallowing(): boolean {
    return this.#plain > 0 && this.#nested === 0;
  }

  /** The next place from `from` on where a record begins: an object with the telling member, as far as it can be seen. */
  next(text: string, from: number): number | undefined {
    this.#pattern.lastIndex = from;
    for (let found = this.#pattern.exec(text); found !== null; found = this.#pattern.exec(text)) {
      const at = found.index + this.#length;
      if (this.#length > 0 || this.#isRecord(text, at)) return at;
    }
    return undefined;
  }

  #isRecord(text: string, at: number): boolean {
    const place = findRecords(text.slice(at, at + 20_000));
    return place?.start === 0 && place.depth === 0;
  }
}
