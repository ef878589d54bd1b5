/** Parts what a model thinks aloud from what it answers, as servers leave it in the text that they stream. */

export interface Heard {
  /** Of the answer; what was not given out before. */
  readonly text: string;
  /** What the model thought aloud. */
  readonly thought: string;
  /** All text that was given out before was thought aloud: only its end told. */
  readonly withdrawn: boolean;
}

/**
 * Whether a model's thoughts begin without a word about it: some chat templates open them in the prompt, and the text
 * has their end alone. `unknown`: what begins as thoughts do is held until it shows.
 */
export type LoneThoughts = "always" | "unknown" | "never";

const NAMES = [
  "think",
  "thinking",
  "thought",
  "thoughts",
  "reason",
  "reasoning",
  "reflection",
  "scratchpad",
  "analysis",
  "seed:think",
  "inner_monologue",
  "inner_thoughts",
  "chain_of_thought",
];
const OPENINGS = [
  ...NAMES.flatMap((name) => [`<${name}>`, `[${name}]`, `<|${name}|>`, `◁${name}▷`]),
  "<|begin_of_thought|>",
  "<|start_thinking|>",
  "<|channel|>analysis<|message|>",
  "<|channel|>commentary<|message|>",
  "<|start|>assistant<|channel|>analysis<|message|>",
  "<|channel>thought",
  "<unused94>thought",
];
const CLOSINGS = [
  ...NAMES.flatMap((name) => [`</${name}>`, `[/${name}]`, `<|/${name}|>`, `◁/${name}▷`]),
  "<|end_of_thought|>",
  "<|end_thinking|>",
  "<|channel|>final<|message|>",
  "<channel|>",
  "<unused95>",
];
const TAGS = [...OPENINGS, ...CLOSINGS];
/** UTF-16 code units of the longest of them. */
const LONGEST = Math.max(...TAGS.map(({ length }) => length));
const anyOf = (tags: readonly string[]) =>
  new RegExp(tags.map((tag) => tag.replace(/[|[\]/]/g, "\\$&")).join("|"), "i");
const TAG = anyOf(TAGS);
const CLOSING = anyOf(CLOSINGS);
/** Harmony's channels where the server has taken out their tokens: "analysisWe need …assistantfinalThe answer". */
const BARE = "analysis";
const BARE_CLOSING = anyOf([...CLOSINGS, "assistantfinal"]);

/** How thoughts begin, and answers seldom. */
const STARTERS = [
  ..."okay|ok,|ok so|alright|all right|hmm|let me|let's|the user|the question|we need|we have|we are asked".split(
    "|",
  ),
  ..."we're asked|i need|i should|i must|i have to|so the|so, the|so we|so i|first, i|first, let|to answer".split(
    "|",
  ),
  ..."thinking|got it|wait|looking at|user asks|user wants|here's a thinking|好的|嗯|首先|用户".split("|"),
];

/** UTF-16 code units of text that are kept, should it turn out to have been a thought. */
const MOST_KEPT = 20_000;

/** Of letters of ASCII alone: offsets stay what they are. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

export class ReasoningFilter {
  readonly #expected: LoneThoughts;
  #state: "head" | "thinking" | "answering" = "head";
  /** What is not decided. */
  #held = "";
  #closing = CLOSING;
  /** The text so far while it may all be a thought; undefined: it is given out. */
  #kept: string[] | undefined;
  /** The beginning of the text that was given out, or is kept. */
  #said = "";
  /** A lone end has come, and nothing behind it yet. */
  #ended = false;
  /** White space at the head of what comes is none of it. */
  #trims = true;
  /** Whether the line that is being written is blank so far. */
  #blankLine = true;
  /** Openings that stand in the text as words of it. */
  #quoted = 0;
  /** The last character of the text. */
  #last = "";
  #gave = false;
  #thoughtSeen = false;
  #learnt: LoneThoughts;
  #now = { text: "", thought: "", withdrawn: false };

  constructor(expected: LoneThoughts = "unknown") {
    this.#expected = expected;
    this.#learnt = expected;
  }

  /** How those of the next answer will come, by this one. */
  get learnt(): LoneThoughts {
    return this.#learnt;
  }

  /** The server tells thoughts apart: what it gives as text is none. */
  trust(): void {
    this.#thoughtSeen = true;
    if (this.#kept !== undefined) this.#release(this.#kept);
  }

  push(chunk: string): Heard {
    this.#held += chunk;
    while (this.#advance(false));
    return this.#take();
  }

  /** What was held back, when no more comes: a thought without an end is no answer. */
  end(): Heard {
    while (this.#advance(true));
    if (this.#ended && !this.#thoughtSeen) this.#withdraw();
    if (this.#kept !== undefined) {
      this.#learnt = this.#expected === "unknown" && this.#said !== "" ? "never" : "unknown";
      this.#release(this.#kept);
    }
    return this.#take();
  }

  /** @returns whether more can be decided */
  #advance(isOver: boolean): boolean {
    if (this.#state === "head") return this.#readHead(isOver);
    return this.#state === "thinking" ? this.#readThought(isOver) : this.#readAnswer(isOver);
  }

  #readHead(isOver: boolean): boolean {
    // White space before an answer is none of it, and some models begin with nothing else.
    this.#held = this.#held.trimStart();
    const head = lower(this.#held.slice(0, LONGEST)).replace("’", "'");
    if (head === "") return false;
    const opening = OPENINGS.find((tag) => head.startsWith(tag));
    if (opening !== undefined) return this.#think(opening.length, CLOSING);
    if (head.startsWith(BARE) && /[A-Z“"]/.test(this.#held.charAt(BARE.length))) {
      return this.#think(BARE.length, BARE_CLOSING);
    }
    const starters = this.#expected === "unknown" && !this.#thoughtSeen ? STARTERS : [];
    const mayBecome = [...OPENINGS, BARE, ...starters].some((tag) => tag.startsWith(head));
    if (mayBecome && !isOver) return false;
    const seems = this.#expected === "always" || starters.some((start) => head.startsWith(start));
    if (seems && !this.#thoughtSeen) this.#kept = [];
    this.#state = "answering";
    return true;
  }

  #think(openingLength: number, closing: RegExp): true {
    this.#held = this.#held.slice(openingLength);
    this.#closing = closing;
    this.#state = "thinking";
    return true;
  }

  #readThought(isOver: boolean): boolean {
    const close = this.#closing.exec(this.#held);
    // All but what may be the beginning of the end goes: thoughts run to many pages.
    const end = close?.index ?? (isOver ? this.#held.length : Math.max(0, this.#held.length - LONGEST));
    this.#now.thought += this.#held.slice(0, end);
    this.#held = this.#held.slice(end + (close?.[0].length ?? 0));
    if (close === null) return false;
    this.#thoughtSeen = true;
    this.#trims = true;
    if (this.#kept !== undefined) this.#release(this.#kept);
    this.#state = "answering";
    return true;
  }

  #readAnswer(isOver: boolean): boolean {
    const tag = TAG.exec(this.#held);
    const end = tag?.index ?? (isOver ? this.#held.length : tailAt(this.#held));
    const before = this.#held.slice(0, end);
    this.#give(before);
    this.#held = this.#held.slice(end + (tag?.[0].length ?? 0));
    if (tag === null) return false;
    const [written] = tag;
    const isCode = this.#last === "`";
    if (CLOSINGS.includes(lower(written))) {
      if (isCode || this.#quoted > 0) {
        this.#quoted = Math.max(0, this.#quoted - 1);
        this.#give(written);
      } else this.#close();
    } else if (this.#blankLine && !isCode) return this.#think(0, CLOSING);
    else {
      if (!isCode) this.#quoted++;
      this.#give(written);
    }
    return true;
  }

  /** An end without a beginning: what follows is the answer, if anything does. */
  #close(): void {
    this.#trims = true;
    if (this.#said !== "") this.#ended = true;
  }

  #give(given: string): void {
    const text = this.#trims ? given.trimStart() : given;
    if (text === "") return;
    if (this.#ended) this.#withdraw();
    this.#trims = false;
    this.#last = text.slice(-1);
    const line = text.slice(text.lastIndexOf("\n") + 1);
    this.#blankLine = (this.#blankLine || line.length < text.length) && line.trim() === "";
    if (this.#said.length < MOST_KEPT) this.#said += text.slice(0, MOST_KEPT - this.#said.length);
    if (this.#kept === undefined) this.#now.text += text;
    else this.#kept.push(text);
  }

  #withdraw(): void {
    this.#ended = false;
    this.#thoughtSeen = true;
    this.#learnt = "always";
    this.#now.thought += this.#said;
    this.#now.text = "";
    this.#now.withdrawn = this.#gave;
    this.#kept = undefined;
    this.#said = "";
    this.#blankLine = true;
  }

  /** It was no thought. */
  #release(kept: readonly string[]): void {
    this.#kept = undefined;
    this.#now.text += kept.join("");
  }

  #take(): Heard {
    const heard = this.#now;
    this.#now = { text: "", thought: "", withdrawn: false };
    this.#gave ||= heard.text !== "";
    return heard;
  }
}

/** Where in a text the beginning of a tag may stand that is not whole yet; its length where none does. */
function tailAt(text: string): number {
  for (let at = Math.max(0, text.length - LONGEST); at < text.length; at++) {
    if (!"<[◁".includes(text.charAt(at))) continue;
    const tail = lower(text.slice(at));
    if (TAGS.some((tag) => tag.startsWith(tail))) return at;
  }
  return text.length;
}
