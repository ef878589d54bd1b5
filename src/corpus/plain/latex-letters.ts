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
  d: "\u0323",
  b: "\u0331",
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
  i: "ı",
  j: "ȷ",
  dh: "ð",
  DH: "Ð",
  th: "þ",
  TH: "Þ",
  dj: "đ",
  DJ: "Đ",
  ng: "ŋ",
};

const NAMES = "ss|o|O|l|L|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|i|j";
const ACCENTED =
  /\{?\\(?:(['`"^~=.])\s*|([cvuHkrdb])(?:\s+|(?=\{)))(?:\{\\?([A-Za-z])\}|\\?([A-Za-z])(?![A-Za-z]{0,9}\{))\}?/g;
const LETTER = new RegExp(`\\{\\\\(${NAMES})\\s?\\}|\\\\(${NAMES})(?:\\{\\}|\\s|(?![A-Za-z]))`, "g");

/** LaTeX's accents and letters as the letters they are: `caf\'e`, `{\"o}`, `\ss`. */
export function latexLetters(text: string): string {
  if (!text.includes("\\")) return text;
  return text
    .replace(ACCENTED, (all: string, sign?: string, command?: string, inBraces?: string, bare?: string) => {
      const letter = `${inBraces ?? bare}${ACCENTS[sign ?? command ?? ""] ?? ""}`.normalize("NFC");
      // A brace around it that is not its own stays.
      const isOpened = all.startsWith("{");
      const isClosed = inBraces === undefined ? all.endsWith("}") : all.endsWith("}}");
      if (isOpened === isClosed) return letter;
      return isOpened ? `{${letter}` : `${letter}}`;
    })
    .replace(LETTER, (all, inBraces, bare) => LETTERS[inBraces ?? bare] ?? all);
}
