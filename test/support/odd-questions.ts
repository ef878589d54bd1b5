/** Texts of no language that is expected: each unit is repeated to the length. */
const UNITS: readonly string[] = [
  ...[
    "中",
    "語",
    "ひ",
    "カ",
    "각",
    "א",
    "ع",
    "ﷺ",
    "ﬀ",
    "ǅ",
    "ß",
    "é",
    "я",
    "Ω",
    "ก",
    "क्षि",
    "தமி",
    "አ",
    "🦊",
    "👩‍🚀",
    "🇩🇪",
  ],
  ...[
    "e\u0301",
    "a\u0316\u0301",
    "\u0301\u0316",
    "Z\u0351\u036b\u0343",
    "𝔸",
    "①",
    "½",
    "\u200b",
    "\u202e",
    "ﾊﾝ",
  ],
  ...[
    "a",
    "A",
    "1",
    "-",
    "(",
    "'",
    '"',
    "“",
    "?",
    ".",
    ",",
    "$",
    "*",
    "#",
    "<",
    "[",
    "{",
    "|",
    "\\",
    "`",
    "~",
    "_",
  ],
  ...[
    "a ",
    "B ",
    "the ",
    "paper ",
    "which ",
    "compare ",
    "how do ",
    "what is ",
    "in a ",
    "and ",
    "versus ",
    "1 ",
    "1, ",
    "a. ",
  ],
  ...[
    "Attention Heads ",
    "attention-head ",
    "language model ",
    "BERT ",
    "GPT-4 ",
    "transformer, ",
    "LoRA: ",
    "Why? ",
  ],
];

/** So that the words are not all the same: a running number in two scripts, or in the middle of the words. */
const SHAPES: readonly ((unit: string, at: number) => string)[] = [
  (unit) => unit,
  (unit, at) => `${unit}${at.toString(36)} `,
  (unit, at) => `${at.toString(2).replaceAll("0", "о").replaceAll("1", "і")}${unit}`,
];
/** So many of them. */
const COUNT = 196;

/** @param length UTF-16 code units of each */
export function oddQuestions(length: number): string[] {
  const all = SHAPES.flatMap((shape) =>
    UNITS.map((unit) => {
      let text = "";
      for (let at = 0; text.length < length; at++) text += shape(unit, at);
      return text.slice(0, length).replace(/\p{Cs}/gu, "?");
    }),
  );
  return all.slice(0, COUNT);
}
