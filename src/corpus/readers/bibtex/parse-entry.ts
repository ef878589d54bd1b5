/** One entry of BibTeX. */
export interface BibtexEntry {
  /** In lower case: "article", "string". */
  readonly type: string;
  readonly key: string;
  /** By name in lower case, as they stand between their braces or quotes. */
  readonly fields: Readonly<Record<string, string>>;
  /** Behind its last brace. */
  readonly end: number;
}

const HEAD = /@\s{0,99}([A-Za-z]{1,40})\s{0,99}([{(])\s{0,999}/y;
const KEY = /([^\s,{}"=]{0,300})\s{0,999}(?=[,})])/y;
const FIELD = /[\s,]*([A-Za-z][\w:.+-]{0,60})\s{0,999}=\s{0,999}/y;
const BARE = /[^\s,{}()"#=]{1,300}/y;
const JOIN = /\s{0,999}#\s{0,999}/y;
const END = /[\s,]*[})]/y;
/** Fields of one entry. */
const MOST_FIELDS = 300;

/**
 * The entry that begins at `start` (an "@").
 * @param macros what a bare word stands for
 * @returns the entry, or why it is none
 */
export function parseEntry(
  text: string,
  start: number,
  macros: ReadonlyMap<string, string>,
): BibtexEntry | { readonly reason: string } {
  const scan = new Scan(text, start);
  const head = scan.take(HEAD);
  if (head === undefined) return { reason: "no entry begins here" };
  const type = (head[1] ?? "").toLowerCase();
  if (type === "comment" || type === "preamble") {
    const end = closing(text, scan.at, head[2] === "(" ? ")" : "}");
    return end === undefined ? { reason: "its braces do not match" } : { type, key: "", fields: {}, end };
  }
  const key = type === "string" ? "" : (scan.take(KEY)?.[1] ?? "");
  const fields: Record<string, string> = {};
  for (let count = 0; count < MOST_FIELDS; count++) {
    const end = scan.take(END);
    if (end !== undefined) return { type, key, fields, end: scan.at };
    const name = scan.take(FIELD)?.[1]?.toLowerCase();
    if (name === undefined)
      return { reason: scan.isAtEnd ? "its braces do not match" : "a comma, a brace or a quote is missing" };
    const value = readValue(scan, macros);
    if (value === undefined) return { reason: `the braces of its ${name} do not match` };
    fields[name] ??= value;
  }
  return { reason: `it has more than ${MOST_FIELDS} fields` };
}

class Scan {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at = pattern.lastIndex;
    return found;
  }

  get isAtEnd(): boolean {
    return this.text.slice(this.at, this.at + 2000).trim() === "";
  }
}

/** Parts in braces or quotes, numbers and macros, joined by "#". */
function readValue(scan: Scan, macros: ReadonlyMap<string, string>): string | undefined {
  let value = "";
  do {
    const open = scan.text.charAt(scan.at);
    if (open === "{" || open === '"') {
      const end = closing(scan.text, scan.at + 1, open === "{" ? "}" : '"');
      if (end === undefined) return undefined;
      value += scan.text.slice(scan.at + 1, end - 1);
      scan.at = end;
    } else {
      const bare = scan.take(BARE)?.[0];
      if (bare === undefined) return undefined;
      value += macros.get(bare.toLowerCase()) ?? bare;
    }
  } while (scan.take(JOIN) !== undefined);
  return value;
}

/** Behind the mark that closes what was opened before `from`, at no depth of braces. */
function closing(text: string, from: number, mark: string): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\") at++;
    else if (char === mark && depth === 0) return at + 1;
    else if (char === "{") depth++;
    else if (char === "}") depth--;
    if (depth < 0) return undefined;
  }
  return undefined;
}
