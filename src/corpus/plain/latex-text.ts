/** LaTeX as plain text: accents, text macros and escapes; math stays, since nothing plain says the same. */
import { latexLetters } from "./latex-letters.ts";
import { latexSegments } from "./latex-segments.ts";

/** Commands that set their argument in another way. */
const STYLED =
  /\\(?:emph|text(?:bf|it|tt|sc|rm|sf|sl|up|md|normal|superscript|subscript)?|underline|mbox|hbox|url|path|uppercase|MakeUppercase|MakeLowercase|bf|it|em|tt|sc|rm|sf|sl|enquote|textquote|ensuremath|relax|lowercase|uline|nolinkurl|acrshort|acrlong|ac|gls|Gls)\s{0,3}\{([^{}]*)\}/g;
/** `{\bf text}`. */
const SWITCHED =
  /\{\s{0,3}\\(?:bf|it|em|tt|sc|rm|sf|sl|bfseries|itshape|scshape|ttfamily|small|large|footnotesize)(?![A-Za-z])\s{0,3}([^{}]*)\}/g;
const LINKED = /\\href\s{0,3}\{[^{}]*\}\s{0,3}\{([^{}]*)\}/g;
/** They point out of the text. */
const POINTING =
  /[~ ]?\\(?:cite[a-z]{0,9}\*?|ref|eqref|autoref|cref|label|footnote|footnotemark|index|thanks)\s{0,3}(?:\[[^\]{}]{0,99}\]){0,2}\{[^{}]*\}/g;
const SIGNS: Readonly<Record<string, string>> = {
  ldots: "…",
  dots: "…",
  textellipsis: "…",
  textendash: "–",
  textemdash: "—",
  textquoteleft: "‘",
  textquoteright: "’",
  textquotedblleft: "“",
  textquotedblright: "”",
  textregistered: "®",
  texttrademark: "™",
  copyright: "©",
  textdegree: "°",
  textmu: "µ",
  textasciitilde: "~",
  textasciicircum: "^",
  textbackslash: "\\",
  textunderscore: "_",
  textbar: "|",
  textless: "<",
  textgreater: ">",
  textbraceleft: "{",
  textbraceright: "}",
  LaTeX: "LaTeX",
  TeX: "TeX",
  BibTeX: "BibTeX",
  S: "§",
  P: "¶",
  pounds: "£",
  euro: "€",
  dag: "†",
  ddag: "‡",
  newline: "\n",
  linebreak: "\n",
  par: "\n\n",
  noindent: "",
  indent: "",
  quad: " ",
  qquad: " ",
  xspace: "",
  protect: "",
  smallskip: "",
  medskip: "",
  bigskip: "",
  today: "",
};
const SIGN = new RegExp(`\\\\(${Object.keys(SIGNS).join("|")})(?:\\{\\}|(?![A-Za-z])[ \\t]?)`, "g");
/** Rounds of macros within macros. */
const MOST_NESTING = 6;
const SPACES: Readonly<Record<string, string>> = {
  " ": " ",
  ",": " ",
  ";": " ",
  ":": " ",
  "!": "",
  "/": "",
  "-": "",
  "\\": "\n",
  "\n": " ",
};
const ESCAPED = /^\\([%&_#{}])$/;

export interface LatexOptions {
  /** The text is LaTeX throughout, as in BibTeX: braces, ties, quotes and dashes go too, and `\$` is a dollar. */
  readonly throughout?: boolean;
}

export function latexText(text: string, { throughout = false }: LatexOptions = {}): string {
  if (!throughout && !text.includes("\\")) return text;
  const even = throughout ? bySegment(text, punctuation) : text;
  const lettered = outsideMath(latexLetters(even), withoutMacros);
  const plain = bySegment(
    lettered,
    (part) => (throughout ? part.replace(/[{}]/g, "") : part),
    (part) => command(part, throughout),
  );
  return plain.replace(/[\ue010-\ue013]/g, (held) => HELD.charAt(held.charCodeAt(0) - 0xe010));
}

/** Signs that were written by name and are LaTeX's own, until its own are gone. */
const HELD = "~{}\\";
const held = (sign: string): string =>
  HELD.includes(sign) && sign !== "" ? String.fromCharCode(0xe010 + HELD.indexOf(sign)) : sign;

function bySegment(
  text: string,
  change: (part: string) => string,
  changeCommand: (part: string) => string = (part) => part,
): string {
  return latexSegments(text)
    .map(({ kind, text: part }) =>
      kind === "math" ? part : kind === "command" ? changeCommand(part) : change(part),
    )
    .join("");
}

/** Applies `change` to what stands between formulas; a macro may hold one, which then stays with it. */
function outsideMath(text: string, change: (part: string) => string): string {
  if (!text.includes("\\")) return text;
  const formulas: string[] = [];
  const marked = latexSegments(text)
    .map(({ kind, text: part }) => (kind === "math" ? `\u0001${formulas.push(part) - 1}\u0002` : part))
    .join("");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: marks of its own, which no text has after cleaning
  return change(marked).replace(/\u0001(\d{1,7})\u0002/g, (_, at) => formulas[Number(at)] ?? "");
}

function withoutMacros(text: string): string {
  let made = text.replace(POINTING, "").replace(SIGN, (_, name) => held(SIGNS[name] ?? ""));
  for (let round = 0; round < MOST_NESTING; round++) {
    const before = made;
    made = made.replace(LINKED, "$1").replace(STYLED, "$1").replace(SWITCHED, "$1");
    if (made === before) break;
  }
  return made;
}

function command(text: string, throughout: boolean): string {
  const escaped = ESCAPED.exec(text)?.[1];
  if (escaped !== undefined) return escaped;
  if (text === "\\$") return throughout ? "$" : text;
  return SPACES[text.slice(1)] ?? text;
}

function punctuation(text: string): string {
  return text
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/~/g, " ");
}
