import { latexSegments } from "./latex-segments.ts";

/** Combining characters of LaTeX's accents. */
const ACCENTS: Readonly<Record<string, string>> = {
  "'": "\u0301",
  "`": "\u0300",
  '"': "\u0308",
  "^": "\u0302",
  "~": "\u0303",
  "=": "\u0304",
  ".": "\u0307",
  c: "\u0327",
  v: "\u030c",
  u: "\u0306",
  H: "\u030b",
  k: "\u0328",
  r: "\u030a",
};

const LETTERS: Readonly<Record<string, string>> = {
  ss: "ß",
  o: "ø",
  O: "Ø",
  l: "ł",
  L: "Ł",
  ae: "æ",
  AE: "Æ",
  oe: "œ",
  OE: "Œ",
  aa: "å",
  AA: "Å",
};

const ACCENTED = /\{?\\(?:(['`"^~=.])\s*|([cvuHkr])(?:\s+|(?=\{)))(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))\}?/g;
const LETTER =
  /\{\\(ss|o|O|l|L|ae|AE|oe|OE|aa|AA)\}|\\(ss|o|O|l|L|ae|AE|oe|OE|aa|AA)(?:\{\}|\s|(?![A-Za-z]))/g;

/**
 * Text for the formats that know no LaTeX (RIS, CSL-JSON, plain): escapes, accents and ``quotes'' become the
 * characters they stand for; math and unknown commands stay, since nothing plain says the same.
 */
export function plainText(text: string): string {
  return latexSegments(letters(text.replace(/\s+/g, " ").trim()))
    .map(({ kind, text: piece }) => {
      if (kind === "command") return /^\\[^A-Za-z]$/u.test(piece) ? piece.slice(1) : piece;
      return kind === "math" ? piece : plainPunctuation(piece);
    })
    .join("")
    .trim();
}

function letters(text: string): string {
  return text
    .replace(ACCENTED, (_, sign: string | undefined, command: string | undefined, inBraces, bare) =>
      `${inBraces ?? bare}${ACCENTS[sign ?? command ?? ""] ?? ""}`.normalize("NFC"),
    )
    .replace(LETTER, (all, inBraces, bare) => LETTERS[inBraces ?? bare] ?? all);
}

function plainPunctuation(text: string): string {
  return text
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/(?<=\S)~(?=\S)/g, " ");
}
