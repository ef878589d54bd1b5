/** The forms in which models cite, beside the one that they are asked for: rewritten to [1] as the text streams. */

const LABELS =
  "sources?|src|citations?|cite|docs?|documents?|refs?|references?|papers?|notes?|footnotes?|passages?|context|quellen?|fuentes?";
const LOCATORS =
  "pp?|pgs?|pages?|secs?|sections?|chap|chapters?|figs?|figures?|tab|tables?|eqs?|equations?|lines?|para|paragraphs?|abstract|appendix";
const WORDS = [...`${LABELS}|${LOCATORS}|and|see|n|id`.split("|")].flatMap((word) =>
  word.endsWith("?") ? [word.slice(0, -2), word.slice(0, -1)] : [word],
);
const NUMBER = "#?\\^?(\\d{1,3})\\^?(?:\\s*[-‐‑–—−]\\s*\\^?(\\d{1,3})\\^?)?";
const LOCATOR = `(?:(?:${LOCATORS})\\.?|§+)\\s*[\\d.]*(?:[-–]\\d+)?[a-z]?`;
const ITEM = new RegExp(`^(?:(${LABELS}|id)\\s*[.:=#_-]?\\s*|n=)?${NUMBER}(\\s*[:,]?\\s*${LOCATOR})?$`, "i");
const LOCATOR_ALONE = new RegExp(`^${LOCATOR}$`, "i");
const BETWEEN = /\s*(?:[,;&]|\band\b)\s*/;

/** UTF-16 code units of a citation at most; of one with an address. */
const LONGEST = 80;
const LONGEST_LINK = 500;
const CLOSER: Readonly<Record<string, string>> = { "[": "]", "［": "］", "〔": "〕", "(": ")", "（": "）" };
const START = /[[［〔(（<\\`$⁰¹²³⁴-⁹]/;
const SUPERSCRIPTS = /^[⁰¹²³⁴-⁹]+/;
const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const ESCAPED = /^\\\[\s{0,3}(\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\s{0,3}\\\]/;
const ESCAPED_BEGUN = /^\\(?:\[[\d\s,;^–-]{0,60}\\?)?$/;
const TAGGED = /^<(sup|cite|ref)>\s{0,3}\[?\s?(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\s?\]?\s{0,3}<\/\1>/i;
const TAGGED_BEGUN = /^<(?:[a-z]{0,4}|(?:sup|cite|ref)>[[\]\d\s,;–-]{0,60}(?:<\/?[a-z]{0,4})?)$/i;
const LINKED =
  /^\[\s?\^?(\d{1,3})\s?\]\(<?(?:https?:|mailto:|doi:|www\.|[/#]|\.{1,2}\/)[^()\s]{0,400}(?:\s"[^"\n]{0,90}")?\)/i;
const LINKED_BEGUN = /^\[\s?\^?\d{1,3}\s?\](?:\([^()\s]{0,400}(?:\s(?:"[^"\n]{0,90}"?)?)?)?$/;
/** What a number in parentheses refers to instead of a source. */
const REFERRED =
  /(?:^|\P{L})(?:equations?|eqs?|steps?|cases?|types?|stages?|phases?|fig(?:ures?|s)?|tables?|algorithms?|lines?|conditions?|constraints?|properties|property|problems?|definitions?|theorems?|lemmas?|sections?|items?|options?|parts?|points?|levels?|groups?|in|of|by|with|from|and|or|to|for|is|are|via|using)\.?\s?$/iu;
/** Before a number in parentheses that cites: a word, or the end of one. */
const CITED_WORD = /[\p{L}\d)"”’*_%]{2}\s?$/u;
const BEHIND_CITATION = /^[.,;:!?)\]\n。，、；：！？]/;
/** Before a raised number that cites: a word that is no unit, or the end of a sentence. */
const RAISED_ON = /(?:\p{L}{4}|[\p{L}\d)"”’][.,;:!?)"”’])$/u;
/** Without meaning of their own for what reads notes. */
const asText = (numbers: string): string => `⟨${numbers}⟩`;

/** UTF-16 code units of the text before a citation that are looked at. */
const TAIL = 60;

/** Numbers in brackets that stand in the sources themselves, with the words before them: copied, they cite nothing. */
export class CopiedNumbers {
  readonly #known = new Set<string>();

  /** @param sources texts as their papers have them */
  constructor(sources: Iterable<string> = []) {
    for (const source of sources) {
      for (const { 0: bracket, index } of source.matchAll(
        /[[(]\s?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12}\s?[\])]/g,
      ))
        this.#known.add(keyOf(source.slice(Math.max(0, index - TAIL), index), bracket.slice(1, -1)));
    }
  }

  has(before: string, numbers: string): boolean {
    return this.#known.size > 0 && this.#known.has(keyOf(before, numbers));
  }
}

/** The last two words of the sentence before, and the numbers. */
function keyOf(before: string, numbers: string): string {
  const sentence = before.slice(Math.max(...[...".!?\n"].map((end) => before.lastIndexOf(end))) + 1);
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.slice(-2).join(" ")}|${numbers.replace(/\s/g, "")}`;
}

/**
 * A source's text as a model is shown it: numbers in brackets that are its own do not look like notes.
 */
export function withoutOwnNotes(text: string): string {
  return text.replace(/[[(（［【]([^[\]()（）［］【】\n]{1,80})[\])）］】]/g, (whole, content: string) => {
    const isList = /^\s*\^?\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*\s*$/.test(content);
    return isList || labelled(content, false) !== undefined ? asText(content.trim()) : whole;
  });
}

/**
 * The sources' numbers that the content of a bracket names by a label or with a place in them, as "1, 2-3".
 * @param isStrict in parentheses: numbers of a source alone, none of a page
 */
function labelled(content: string, isStrict: boolean): string | undefined {
  const items = content
    .normalize("NFKC")
    .trim()
    .replace(/^see\s+/i, "")
    .split(BETWEEN);
  const numbers: string[] = [];
  let isLabelled = false;
  let isPlace = false;
  for (const item of items) {
    if (numbers.length > 0 && LOCATOR_ALONE.test(item)) {
      isPlace = true;
      continue;
    }
    const found = ITEM.exec(item);
    if (found === null) return undefined;
    const [, label, first, last, place] = found;
    const marked = label !== undefined || /^(?:#|n=)|\^.*\^$/i.test(item);
    if (isStrict && label === undefined && !isLabelled) return undefined;
    // Behind "p. 3" a number without a label is another page.
    if (isPlace && !marked) continue;
    isLabelled ||= marked || place !== undefined;
    isPlace ||= place !== undefined;
    numbers.push(last === undefined ? (first ?? "") : `${first}-${last}`);
  }
  return isLabelled || isPlace ? numbers.join(", ") : undefined;
}

/** Whether the content of a bracket may still become one that cites. */
function isBegun(content: string): boolean {
  if (!/^[\p{L}\p{Nd}\s,;:.#^=_§&‐‑–—−-]*$/u.test(content)) return false;
  const words = content.toLowerCase().match(/\p{L}+/gu) ?? [];
  const ends = /\p{L}$/u.test(content);
  return words.every((word, at) =>
    ends && at === words.length - 1 ? WORDS.some((one) => one.startsWith(word)) : WORDS.includes(word),
  );
}

interface Read {
  readonly length: number;
  readonly text: string;
}

/** Text in, text out; the result does not depend on how it is cut. Holds back what may be a citation, and no more. */
export class CitationForms {
  readonly #known: ReadonlySet<number>;
  readonly #copied: CopiedNumbers;
  #held = "";
  #tail = "";
  /** Backticks that opened the code that is being read; 0 outside. */
  #code = 0;
  #inFormula = false;

  constructor(known: ReadonlySet<number>, copied = new CopiedNumbers()) {
    this.#known = known;
    this.#copied = copied;
  }

  push(chunk: string): string {
    this.#held += chunk;
    return this.#read(false);
  }

  end(): string {
    return this.#read(true);
  }

  #read(isOver: boolean): string {
    let out = "";
    const give = (length: number, text = this.#held.slice(0, length)): void => {
      this.#held = this.#held.slice(length);
      if (text.includes("\n")) this.#inFormula = false;
      this.#tail = (this.#tail + text.slice(-TAIL)).slice(-TAIL);
      out += text;
    };
    for (;;) {
      const at = START.exec(this.#held)?.index ?? this.#held.length;
      if (at > 0) give(at);
      if (this.#held === "") return out;
      const next = this.#next(isOver);
      if (next === undefined) return out;
      give(next.length, next.text);
    }
  }

  /** What begins here, as it is to be read; undefined: that is not decided. */
  #next(isOver: boolean): Read | undefined {
    const char = this.#held.charAt(0);
    if (char === "`") return this.#backticks(isOver);
    if (char === "$" && this.#code === 0) this.#inFormula = !this.#inFormula;
    const plain = { length: 1, text: char };
    if (char === "$" || this.#code > 0 || this.#inFormula) return plain;
    if (char === "\\") return this.#matched(ESCAPED, ESCAPED_BEGUN, isOver) ?? this.#escape(isOver);
    if (char === "<") return this.#matched(TAGGED, TAGGED_BEGUN, isOver);
    if (DIGITS.includes(char)) return this.#raised(isOver);
    return this.#bracket(char, isOver);
  }

  #backticks(isOver: boolean): Read | undefined {
    const { length } = /^`+/.exec(this.#held)?.[0] ?? "";
    if (length === this.#held.length && !isOver && length < LONGEST) return undefined;
    if (this.#code === 0) this.#code = length;
    else if (length >= this.#code) this.#code = 0;
    return { length, text: "`".repeat(length) };
  }

  /** An escaped sign is none; undefined while the sign is missing. */
  #escape(isOver: boolean): Read | undefined {
    if (this.#held.length === 1 && !isOver) return undefined;
    if (!isOver && ESCAPED_BEGUN.test(this.#held)) return undefined;
    return { length: 1, text: "\\" };
  }

  #matched(whole: RegExp, begun: RegExp, isOver: boolean): Read | undefined {
    const found = whole.exec(this.#held);
    if (found !== null) return { length: found[0].length, text: `[${found.at(-1)}]` };
    if (whole === ESCAPED || (!isOver && begun.test(this.#held))) return undefined;
    return { length: 1, text: this.#held.charAt(0) };
  }

  #raised(isOver: boolean): Read | undefined {
    const [raised = ""] = SUPERSCRIPTS.exec(this.#held) ?? [];
    if (raised.length === this.#held.length && !isOver && raised.length < LONGEST) return undefined;
    const digits = [...raised].map((digit) => DIGITS.indexOf(digit));
    const whole = Number(digits.join(""));
    const numbers = this.#known.has(whole) ? [whole] : digits;
    const behind = this.#held.charAt(raised.length);
    const cites =
      RAISED_ON.test(this.#tail) &&
      numbers.every((number) => this.#known.has(number)) &&
      !/[\p{L}\p{N}⁺⁻]/u.test(behind);
    return { length: raised.length, text: cites ? `[${numbers.join(", ")}]` : raised };
  }

  #bracket(char: string, isOver: boolean): Read | undefined {
    const plain = { length: 1, text: char };
    const closer = CLOSER[char] ?? "";
    const close = this.#held.indexOf(closer);
    const content = this.#held.slice(1, close < 0 ? undefined : close);
    const isPlausible = content.length <= LONGEST && isBegun(content);
    if (!isPlausible) return plain;
    if (close < 0) return isOver ? plain : undefined;
    const isLinkable = char === "[" && /^\s?\^?\d{1,3}\s?$/.test(content);
    const behind = this.#held.charAt(close + 1);
    if (behind === "" && !isOver) return undefined;
    if (isLinkable && behind === "(") return this.#linked(plain, isOver);
    return this.#numbers(char, content, behind) ?? plain;
  }

  /** A note that is written as a link: the address is the model's, and not followed. */
  #linked(plain: Read, isOver: boolean): Read | undefined {
    const found = LINKED.exec(this.#held);
    const isImage = this.#tail.endsWith("!");
    if (found !== null && !isImage) {
      return { length: found[0].length, text: `[${found[1]}]` };
    }
    const mayBe = this.#held.length <= LONGEST_LINK && LINKED_BEGUN.test(this.#held);
    return found === null && mayBe && !isOver ? undefined : plain;
  }

  #numbers(char: string, content: string, behind: string): Read | undefined {
    const length = content.length + 2;
    const isRound = char === "(" || char === "（";
    const list = content.normalize("NFKC").trim();
    const isList = /^\^?\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*$/.test(list);
    if (isList && this.#copied.has(this.#tail, list)) return { length, text: asText(list) };
    if (isList && isRound) {
      const all = (list.match(/\d+/g) ?? []).every((number) => this.#known.has(Number(number)));
      const stands = CITED_WORD.test(this.#tail) && !REFERRED.test(this.#tail);
      return all && stands && (behind === "" || BEHIND_CITATION.test(behind))
        ? { length, text: `[${list}]` }
        : undefined;
    }
    if (isList) return char === "[" ? undefined : { length, text: `[${list}]` };
    const named = labelled(list, isRound);
    return named === undefined ? undefined : { length, text: `[${named}]` };
  }
}
