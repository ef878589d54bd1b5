import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CitationStream, type StreamNote } from "../../../../src/answer/citation-stream/citation-stream.ts";

const KNOWN = new Set([1, 2, 3]);
const MARKER = /[^\S\n]{0,8}(?:\[\s*\^?\d[\d\s,;–^-]*\]|【\d[\d\s,;–^-]*】)/y;
const GROUP = /^[^\S\n]*[[【]\s*\^?\d+(?:\s*[,;–-]\s*\^?\d+)*\s*[\]】]$/;

function streamed(chunks: readonly string[]): { text: string; notes: StreamNote[]; pieces: string[] } {
  const stream = new CitationStream(KNOWN);
  const pieces = [...chunks.map((chunk) => stream.push(chunk)), stream.end()];
  return {
    text: pieces.map(({ text }) => text).join(""),
    notes: pieces.flatMap(({ notes }) => notes),
    pieces: pieces.map(({ text }) => text),
  };
}

// ── The whole text at once: where code, formulas, escapes and links are, with lookahead where the stream waits ──

function find(text: string, from: number, pattern: RegExp): number {
  const rest = text.slice(from);
  const paragraph = rest.search(/\n[^\S\n]*\n/);
  return (paragraph < 0 ? rest : rest.slice(0, paragraph)).search(pattern);
}

function codeEnd(text: string, at: number): number | undefined {
  const run = /^`+/.exec(text.slice(at))?.[0] ?? "";
  const from = at + run.length;
  const head = /^[\s>\-*+\d.)]*$/.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, at));
  const info = /^[^`\n]*\n/.exec(text.slice(from))?.[0];
  if (head && run.length >= 3 && info !== undefined) {
    const close = new RegExp(`^[^\\S\\n>]*${run}\`*[^\\S\\n]*$`, "m").exec(text.slice(from + info.length));
    return close === null ? text.length : from + info.length + close.index + close[0].length;
  }
  const close = find(text, from, new RegExp(`(?<!\`)${run}(?!\`)`));
  return close < 0 ? undefined : from + close + run.length;
}

function dollarEnd(text: string, at: number): number | undefined {
  const display = /^\$\$(?:(?!\n[^\S\n]*\n)(?:\\(?!\n[^\S\n]*\n)[\s\S]|[^\\$]|\$(?!\$)))*?\$\$/.exec(
    text.slice(at),
  );
  if (text.startsWith("$$", at)) return display === null ? undefined : at + display[0].length;
  if (/^\$\d[\d.,]*[kKMB]?(?:\s+\p{L}{2}|[.,;:!?)]\s)/u.test(text.slice(at))) return undefined;
  const inline = /^\$(?!\s)(?:(?!\n[^\S\n]*\n)(?:\\(?!\n[^\S\n]*\n)[\s\S]|[^\\$]))*\$(?!\d)/.exec(
    text.slice(at),
  );
  return inline === null || /(?<!\\)\s\$$/.test(inline[0]) ? undefined : at + inline[0].length;
}

function backslashEnd(text: string, at: number): number | undefined {
  const open = text.charAt(at + 1);
  if (!/[!-/:-@[-`{-~]/.test(open)) return undefined;
  if (open !== "(" && open !== "[") return at + 2;
  const close = open === "(" ? ")" : "]";
  const inner = `(?:(?!\\\\?\\n[^\\S\\n]*\\n)(?:\\\\[^\\${open}\\${close}]|[^\\\\]))*`;
  const found = new RegExp(`^\\\\\\${open}${inner}\\\\\\${close}`).exec(text.slice(at));
  return found === null ? undefined : at + found[0].length;
}

/** `at` is the opening parenthesis. */
function linkEnd(text: string, at: number): number | undefined {
  if (!text.startsWith("http:", at + 1)) return undefined;
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    if (text[end] === "(" && ++depth > 3) return undefined;
    if (text[end] === ")" && --depth === 0) return end + 1;
    if (!/\s/.test(text.charAt(end))) continue;
    const padding = depth === 1 ? /^[^\S\n]+\)/.exec(text.slice(end)) : null;
    return padding === null ? undefined : end + padding[0].length;
  }
  return undefined;
}

function numbersOf(marker: string): number[] {
  const items = marker.matchAll(/(\d+)(?:\s*[-–]\s*\^?(\d+))?/g);
  const all = [...items].flatMap(([, low, high = low]) =>
    [...KNOWN].filter((number) => between(number, Number(low), Number(high))),
  );
  return [...new Set(all)];
}

const between = (number: number, a: number, b: number) =>
  Math.min(a, b) <= number && number <= Math.max(a, b);

function whole(text: string): string {
  let out = "";
  let adjacent = new Set<number>();
  /** Right behind a bracket that is no part of anything else. */
  let behind = -1;
  const plain = (part: string) => {
    if (/\S/.test(part)) adjacent = new Set();
    out += part;
  };
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    const end =
      char === "`"
        ? codeEnd(text, at)
        : char === "$"
          ? dollarEnd(text, at)
          : char === "\\"
            ? backslashEnd(text, at)
            : char === "(" && behind === at
              ? linkEnd(text, at)
              : undefined;
    if (end !== undefined) {
      plain(text.slice(at, end));
      at = end;
      continue;
    }
    // A run of backticks, "$$" and "\[" that open nothing are text as a whole.
    const opener = /^(?:`+|\$\$|\\[[(])/.exec(text.slice(at))?.[0];
    if (opener !== undefined) {
      plain(opener);
      at += opener.length;
      continue;
    }
    MARKER.lastIndex = at;
    const raw = MARKER.exec(text)?.[0];
    if (raw === undefined || !GROUP.test(raw)) {
      plain(char);
      at++;
      if (char === "]") behind = at;
      continue;
    }
    at += raw.length;
    const link = text[at] === "(" ? linkEnd(text, at) : undefined;
    if (link !== undefined) {
      plain(raw + text.slice(at, link));
      at = link;
      continue;
    }
    if (/^\s*\[\s*0\s*[,;–-]\s*\d+\s*\]$/.test(raw)) {
      plain(raw);
      continue;
    }
    const fresh = numbersOf(raw).filter((number) => !adjacent.has(number));
    for (const number of fresh) adjacent.add(number);
    if (fresh.length > 0) out += /^\s*/.exec(raw)?.[0] + fresh.map((number) => `[${number}]`).join("");
    const next = text.charAt(at);
    if (fresh.length > 0) plain(next === "(" ? " " : "");
    else if (/[[【][\d\s,;:^†–-]*$/.test(out)) plain("…");
    else if (/^\s/.test(raw) && /[\p{L}\p{N}(]/u.test(next)) plain(" ");
  }
  return out;
}

const PIECES = [
  "[1]",
  "[2][3]",
  "[9]",
  "[1, 2]",
  "[1,9;3]",
  "[1-3]",
  "[2–40]",
  "【1】",
  "【7】",
  "[^2]",
  "[0, 1]",
  "[",
  "]",
  "[1",
  "1]",
  "$",
  "$$",
  "`",
  "``",
  "```",
  "\n",
  "\n\n",
  " ",
  "  ",
  "\\",
  "\\[",
  "\\]",
  "\\(",
  "\\)",
  "(",
  ")",
  "(1)",
  "](http:a)",
  "(http:b[1])",
  "(http:",
  "word",
  " It works.",
  "5",
  ".",
  "!",
  "- ",
  "| ",
  "𝒙",
  "。",
  "x",
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((parts) => parts.join(""));
const chunked = soup.chain((text) =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), text.length];
    return { text, chunks: at.slice(1).map((end, i) => text.slice(at[i], end)) };
  }),
);

describe("CitationStream against the whole text at once", () => {
  it("gives what an oracle with lookahead gives", () => {
    fc.assert(
      fc.property(soup, (text) => {
        expect(streamed([...text]).text).toBe(whole(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it("gives the same text and notes however it is cut, surrogate pairs too", () => {
    fc.assert(
      fc.property(chunked, ({ text, chunks }) => {
        const once = streamed([text]);
        const cut = streamed(chunks);
        expect({ text: cut.text, notes: cut.notes }).toEqual({ text: once.text, notes: once.notes });
        expect(cut.pieces.every((piece) => !/[\uD800-\uDBFF]$/.test(piece))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
