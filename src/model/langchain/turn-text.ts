/** What a model's server leaves around an answer: the tokens and names that part turns, a fence around all of it. */

/** At the head of an answer, in lower case. */
const HEADS = [
  "<|im_start|>assistant",
  "<|start_header_id|>assistant<|end_header_id|>",
  "<|start|>assistant",
  "<|channel|>final<|message|>",
  "<|assistant|>",
  "<|begin_of_solution|>",
  "<|start_response|>",
  "<start_of_turn>model",
  "<bos>",
  "<s>",
  "[/inst]",
  "<answer>",
  "<response>",
  "<output>",
  "<final>",
  "<final_answer>",
  "assistantfinal",
  "assistant:",
  "**assistant:**",
  "### assistant:",
  "### response:",
];
const WRAPPERS = /^<(answer|response|output|final|final_answer)>/i;
/** Around an answer as a whole: a fence of no language of code. */
const FENCE = /^(`{3,})(?:markdown|md|text|txt|plaintext|plain)?[^\S\n]*\n/i;
const FENCE_BEGUN = /^`{1,40}[a-z]{0,9}[^\S\n]{0,4}$/i;
/** What ends a turn, or begins the next one. */
const TOKEN =
  /<\|[\w-]{2,30}\|>|<｜[^｜>\s]{2,40}｜>|<\/?s>|<\/?(?:end_of_turn|start_of_turn|eos|eot|pad|answer|response|output|final|final_answer)>|\[\/?INST\]/i;
const TOKEN_BEGUN = /(?:<[^<>\s]{0,40}|\[\/?[A-Za-z]{0,4})$/;
/** The next turn, at the head of a line. */
const TURN = /(?:^|\n)[^\S\n]{0,8}(?:#{1,4} )?\**(?:assistant|user|human|system)\**[^\S\n]?:/i;
const ROLES = ["assistant:", "user:", "human:", "system:"];
/** What may still become that, and a role alone at the end of the text. */
const LAST_WORD =
  /(?:^|[\s.!?)\]])((?:#{1,4} ?)?\*{0,2}(?:[a-z]{0,9}\*{0,2}|(?:assistant|user|human|system)\*{0,2}[^\S\n]?:\*{0,2}\s{0,4}))$/i;
/** UTF-16 code units that are looked back at. */
const TAIL = 60;
const ENDS_SENTENCE = /(?:^|[.!?…)\]}"”'’*`|])\s*$/;

/** The text of a turn alone, as it streams. Linear: no more is held than a token and the line that it stands on. */
export class TurnText {
  #state: "head" | "inside" | "over" = "head";
  #held = "";
  /** The end of the text given out so far. */
  #tail = "";
  /** Of the line that it ends with: whether it is empty, or blank, and its backticks. */
  #line: TurnLine = { isEmpty: true, isBlank: true, ticks: 0 };
  /** Backticks of the fence around all; 0 without one. */
  #fence = 0;
  #inCode = false;
  #isWrapped = false;
  #gave = false;

  push(chunk: string): string {
    if (this.#state === "over") return "";
    this.#held += chunk;
    return this.#read(false);
  }

  end(): string {
    return this.#state === "over" ? "" : this.#read(true);
  }

  #read(isOver: boolean): string {
    if (this.#state === "head" && !this.#readHead(isOver)) return "";
    let out = "";
    for (let next = this.#next(isOver); next !== undefined; next = this.#next(isOver)) out += next;
    return out;
  }

  /** @returns whether the head is read */
  #readHead(isOver: boolean): boolean {
    for (;;) {
      this.#held = this.#held.trimStart();
      const head = this.#held.slice(0, 60).toLowerCase();
      const found = HEADS.find((one) => head.startsWith(one));
      if (found === undefined) {
        const isBegun = HEADS.some((one) => one.startsWith(head)) || FENCE_BEGUN.test(this.#held);
        if (isBegun && !isOver) return false;
        break;
      }
      this.#isWrapped ||= WRAPPERS.test(head);
      this.#held = this.#held.slice(found.length);
    }
    const fence = FENCE.exec(this.#held);
    this.#fence = fence?.[1]?.length ?? 0;
    this.#held = this.#held.slice(fence?.[0].length ?? 0);
    this.#state = "inside";
    return true;
  }

  /** What can be given out next; undefined where nothing can. */
  #next(isOver: boolean): string | undefined {
    if (this.#state === "over" || this.#held === "") return undefined;
    if (this.#fence > 0 && this.#line.isEmpty) {
      const skipped = this.#readFence(isOver);
      if (skipped !== "none") return skipped === "wait" ? undefined : "";
    }
    const lineEnd = this.#fence > 0 ? this.#held.indexOf("\n") + 1 : 0;
    const part = lineEnd > 0 ? this.#held.slice(0, lineEnd) : this.#held;
    const turn = TURN.exec(part);
    const token = TOKEN.exec(part);
    const isTurn = turn !== null && (turn[0].startsWith("\n") || this.#line.isBlank);
    const isLater = this.#gave || (turn !== null && part.slice(0, turn.index).trim() !== "");
    if (isTurn && isLater && turn.index <= (token?.index ?? turn.index))
      return this.#finish(part.slice(0, turn.index));
    if (token !== null) return this.#readToken(part, token, isOver);
    const end = isOver || lineEnd > 0 ? part.length : this.#tailAt(part);
    if (isOver) return this.#finish(part);
    return end === 0 ? undefined : this.#give(end);
  }

  #readToken(part: string, { 0: written, index }: RegExpExecArray, isOver: boolean): string | undefined {
    const end = index + written.length;
    const next = part.charAt(end);
    // What follows tells whether it is a word of the text.
    if (next === "" && !isOver) return index === 0 ? undefined : this.#give(index);
    const before = part.slice(0, index);
    const inCode = (lineOf(this.#line, before).ticks & 1) === 1;
    const closes = this.#isWrapped || !WRAPPERS.test(written.replace("/", ""));
    const parts = this.#endsSentence(before) || /^(?:$|[\n<[])/.test(next);
    if (!inCode && closes && parts) return this.#finish(part.slice(0, index));
    return this.#give(end);
  }

  /** The line of a fence, of the one around all or of code within. */
  #readFence(isOver: boolean): "none" | "wait" | "skipped" {
    const line = /^[^\S\n]{0,3}(`{0,40})([^`\n]{0,40})(\n|$)/.exec(this.#held);
    if (line === null) return "none";
    const [whole, ticks = "", info = "", newline] = line;
    if (newline === "" && !isOver && whole === this.#held && info.trim() === "") return "wait";
    if (ticks.length < 3 || (newline === "" && !isOver)) return ticks.length < 3 ? "none" : "wait";
    if (info.trim() === "" && !this.#inCode && ticks.length >= this.#fence) {
      this.#fence = 0;
      this.#held = this.#held.slice(whole.length);
      return "skipped";
    }
    this.#inCode = !this.#inCode;
    return "none";
  }

  /** Where what may be part of a token or of a role begins. */
  #tailAt(text: string): number {
    const token = TOKEN_BEGUN.exec(text.slice(-44));
    const from = token === null ? text.length : text.length - token[0].length;
    const role = this.#roleAt(text, (word) => ROLES.some((one) => one.startsWith(word)));
    return Math.min(from, role ?? from);
  }

  /** Where the last word begins, with the white space before it, if it is such a one; a line break goes with it. */
  #roleAt(text: string, isRole: (word: string) => boolean): number | undefined {
    const read = (this.#tail + text.slice(-TAIL)).slice(-TAIL);
    const [last, word = ""] = LAST_WORD.exec(read) ?? [];
    if (last === undefined || word === "") return undefined;
    if (!isRole(word.replace(/[#*\s]/g, "").toLowerCase())) return undefined;
    const length = last.replace(/^[.!?)\]]/, "").length;
    return Math.max(0, text.length - length);
  }

  #give(end: number): string {
    const text = this.#held.slice(0, end);
    this.#held = this.#held.slice(end);
    this.#gave ||= /\S/.test(text);
    this.#line = lineOf(this.#line, text);
    this.#tail = (this.#tail + text.slice(-TAIL)).slice(-TAIL);
    return text;
  }

  #endsSentence(text: string): boolean {
    return ENDS_SENTENCE.test((this.#tail + text.slice(-TAIL)).slice(-TAIL));
  }

  /** The turn is over behind `text`; a role alone at its end is that of the next one. */
  #finish(text: string): string {
    const role = this.#roleAt(text, (word) => ROLES.includes(word)) ?? text.length;
    this.#state = "over";
    this.#held = "";
    return this.#endsSentence(text.slice(0, role)) ? text.slice(0, role) : text;
  }
}

/** The line that a text ends with, which goes on with more. */
function lineOf(before: TurnLine, text: string): TurnLine {
  const start = text.lastIndexOf("\n") + 1;
  const line = text.slice(start);
  const { isEmpty, isBlank, ticks } = start > 0 ? { isEmpty: true, isBlank: true, ticks: 0 } : before;
  return {
    isEmpty: isEmpty && line === "",
    isBlank: isBlank && line.trim() === "",
    ticks: ticks + (line.match(/`/g)?.length ?? 0),
  };
}

interface TurnLine {
  readonly isEmpty: boolean;
  readonly isBlank: boolean;
  readonly ticks: number;
}
