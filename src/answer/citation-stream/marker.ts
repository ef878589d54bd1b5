/** A marker as models write it, read one UTF-16 code unit at a time: [1] [1, 2] [1-3] [^1] 【1】 【1†source】. */

/**
 * UTF-16 code units of a marker that is not finished: a group of sixty notes. What is longer is text, so this, with
 * the white space before it, bounds what is held back outside an undecided formula, code span or link.
 */
export const MAX_MARKER = 256;
/** White space held back, and taken away with a dropped marker. */
export const MAX_SPACE = 8;

type State = "open" | "caret" | "number" | "gap" | "next" | "range" | "label";
type Kind = "digit" | "space" | "comma" | "dash" | "caret" | "dagger" | "letter" | "other";

const STEPS: Readonly<Record<State, Partial<Record<Kind, State>>>> = {
  open: { space: "open", caret: "caret", digit: "number" },
  caret: { digit: "number" },
  number: { digit: "number", space: "gap", comma: "next", dash: "range", dagger: "label" },
  gap: { space: "gap", comma: "next", dash: "range", dagger: "label" },
  next: { space: "next", caret: "caret", digit: "number" },
  range: { space: "range", caret: "caret", digit: "number" },
  label: { digit: "label", space: "label", comma: "label", dash: "label", letter: "label" },
};
const MAY_CLOSE: ReadonlySet<State> = new Set(["number", "gap", "label"]);
const CLOSER: Readonly<Record<string, string>> = { "[": "]", "【": "】" };

interface MarkerStep {
  /** What has turned out to be no part of a marker: all that came and was not given out before. */
  readonly text: string;
  /** The marker that this code unit completes, with the white space of its line before it. */
  readonly marker?: string;
}

/** Parts text from markers. Knows nothing of code and formulas. */
export class MarkerScan {
  #held = "";
  #state: State | undefined;
  #closer = "";

  feed(char: string): MarkerStep {
    if (this.#state === undefined) return { text: this.#outside(char) };
    if (char === this.#closer && MAY_CLOSE.has(this.#state)) return { text: "", marker: this.take() + char };
    const next = this.#held.length < MAX_MARKER ? STEPS[this.#state][kindOf(char)] : undefined;
    if (next === undefined) return { text: this.#release() + this.#outside(char) };
    this.#state = next;
    this.#held += char;
    return { text: "" };
  }

  /** What is held back, which is then forgotten. */
  take(): string {
    const held = this.#held;
    this.#held = "";
    this.#state = undefined;
    return held;
  }

  #outside(char: string): string {
    if (char in CLOSER) {
      this.#closer = CLOSER[char] ?? "";
      this.#state = "open";
    } else if (!isBlank(char)) {
      return this.take() + char;
    }
    this.#held += char;
    return this.#state === undefined && this.#held.length > MAX_SPACE ? this.#shift() : "";
  }

  #shift(): string {
    const first = this.#held.charAt(0);
    this.#held = this.#held.slice(1);
    return first;
  }

  /** The unfinished marker is none; white space at its end may stand before the next. */
  #release(): string {
    const held = this.take();
    let end = held.length;
    while (end > 0 && isBlank(held.charAt(end - 1))) end--;
    const text = held.slice(0, Math.max(end, held.length - MAX_SPACE));
    this.#held = held.slice(text.length);
    return text;
  }
}

/** White space that stays on its line. */
function isBlank(char: string): boolean {
  return /[^\S\n\r]/.test(char);
}

function kindOf(char: string): Kind {
  if (/[0-9]/.test(char)) return "digit";
  if (/\s/.test(char)) return "space";
  if (/[,;]/.test(char)) return "comma";
  if (/[-‐‑–—−]/.test(char)) return "dash";
  if (char === "^") return "caret";
  if (char === "†") return "dagger";
  return /[\p{L}_.:#/]/u.test(char) ? "letter" : "other";
}

interface MarkerGroup {
  /** The sources named, in the order written, each once. */
  readonly kept: readonly number[];
  /** Numbers and ranges, as written, of which some part names no source. */
  readonly dropped: number;
}

const ITEM = /^\D*(\d+)(?:\s*[-‐‑–—−]\s*\^?(\d+))?[^\d†]*(?:†|$)/;
const INTERVAL = /^\[\s*0+\s*[-‐‑–—−,;]\s*\d+\s*\]$/;

/**
 * The sources that a marker names. A range takes the known numbers within it and is never spelled out.
 * @param marker in its brackets, as MarkerScan found it
 * @param known the sources' numbers in rising order
 * @returns undefined for "[0, 1]": numbers start at 1, so two of which the first is 0 are an interval of the text
 */
export function readMarkerGroup(marker: string, known: readonly number[]): MarkerGroup | undefined {
  if (INTERVAL.test(marker)) return undefined;
  const kept = new Set<number>();
  let dropped = 0;
  for (const item of marker.split(/[,;]/)) {
    const [, first, last = first] = ITEM.exec(item) ?? [];
    if (first === undefined) continue;
    const ends = [Number(first), Number(last)];
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    const within = known.filter((number) => low <= number && number <= high);
    for (const number of within) kept.add(number);
    if (within.length <= high - low) dropped++;
  }
  return { kept: [...kept], dropped };
}
