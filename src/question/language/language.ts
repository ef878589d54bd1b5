/** In which language a text is, of those in languages.json: by its script, or by its commonest words. */
import { createRequire } from "node:module";

interface Language {
  /** Its commonest words. */
  readonly words?: string;
  /** The Unicode scripts that it is written in, where these tell. */
  readonly script?: string;
  /** In it: in which {language} the abstracts are, and what can be looked up all the same. */
  readonly says: string;
  /** In it: that no statement of an answer is in the abstracts; that some could not be compared with them. */
  readonly unverified: string;
  readonly unjudged: string;
}

const languages = createRequire(import.meta.url)("./languages.json") as Readonly<Record<string, Language>>;

/** Letters that are looked at: a question has 40 to 200, and an abstract says it with its first. */
const MOST_LETTERS = 600;
/** Distinct common words that tell; of a text of SHORT words one of CLEAR letters does. */
const ENOUGH = 2;
const SHORT = 4;
const CLEAR = 3;

const scripts = Object.entries(languages).flatMap(([code, { script }]) =>
  script === undefined
    ? []
    : [
        {
          code,
          letter: new RegExp(`[${script.replace(/\w+/g, "\\p{Script=$&}").replaceAll(" ", "")}]`, "gu"),
        },
      ],
);
const commonest = Object.entries(languages).flatMap(([code, { words }]) =>
  words === undefined ? [] : [{ code, words: new Set(words.split(" ")) }],
);

/** An ISO 639-1 code; undefined where nothing tells, as in names and terms alone. */
export function languageOf(text: string): string | undefined {
  const read = text.slice(0, MOST_LETTERS).normalize("NFC").toLowerCase();
  const letters = read.match(/\p{L}/gu)?.length ?? 0;
  // Japanese stands before Chinese in the list: its kana are fewer than the Han between them, and Chinese has none.
  const written = scripts.find(({ letter }) => (read.match(letter)?.length ?? 0) > letters / 4);
  if (written !== undefined) return written.code;
  const words = [...new Set(read.match(/\p{L}+/gu) ?? [])];
  const [best, next] = commonest
    .map(({ code, words: own }) => ({ code, held: words.filter((word) => own.has(word)) }))
    .sort((a, b) => b.held.length - a.held.length);
  if (best === undefined || best.held.length === next?.held.length) return undefined;
  const isClear = words.length <= SHORT && best.held.some((word) => word.length >= CLEAR);
  return best.held.length >= ENOUGH || (best.held.length === 1 && isClear) ? best.code : undefined;
}

/** What is said under an answer of a language model, in its own language; in English where that cannot be told. */
export function remarkUnder(answer: string, remark: "unverified" | "unjudged"): string {
  return languages[languageOf(answer) ?? "en"]?.[remark] ?? "";
}

/**
 * What is said, in the language of a question, of abstracts in another; undefined where they are in the same, or it
 * cannot be told.
 */
export function otherLanguage(question: string, abstracts: readonly string[]): string | undefined {
  const asked = languageOf(question);
  if (asked === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const abstract of abstracts) {
    const own = languageOf(abstract);
    if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  const [written] = [...counts].sort((a, b) => b[1] - a[1]);
  if (written === undefined || counts.has(asked)) return undefined;
  const name = new Intl.DisplayNames([asked], { type: "language" }).of(written[0]) ?? written[0];
  return languages[asked]?.says.replace("{language}", name);
}
