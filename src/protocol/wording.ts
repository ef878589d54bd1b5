/** What is said of an answer beside its quotations, by every transport in the same words. Titles are given as Markdown. */
import type { Answer, Citation, Source } from "../protocol.ts";
import type { FindGrade } from "./schemas.ts";

/** An answer that is less certain: its passages bear on the question. Never worded as a denial. */
export const LESS_CERTAIN = {
  /** A quiet mark beside the answer, and what it means. */
  label: "less certain",
  why: "These passages are close to the question, but may not answer all of it.",
  passages: "These passages bear on it:",
  papers: "These papers bear on it:",
  /** @param withBody passages below the abstract were read too */
  ofOne: (title: string, withBody: boolean) =>
    `${withBody ? "" : "The abstract of "}*${title}* says on this:`,
  sideBySide: "Side by side, their abstracts say:",
  closest: "The closest paper:",
} as const;

/** Under an answer that quotes a paper which is not to be relied on. @param flag "retracted", "withdrawn" */
export const unsound = (title: string, flag: string) => `Note: *${title}* has been ${flag}.`;

/** One paper is asked about, and what is asked of it seems to be missing there. */
export const mayNotSay = (title: string, withBody: boolean) =>
  `${withBody ? "" : "The abstract of "}*${title}* may not say this. Closest:`;

/** Where in its text a paper is quoted: "p. 7, 3.2 Training"; empty for a quote of an abstract. */
export const placeOf = ({ page, section }: Pick<Citation, "page" | "section">) =>
  [...(page === undefined ? [] : [`p. ${page}`]), ...(section === undefined ? [] : [section])].join(", ");

/** A list of papers of which none has the rarest word that was asked for. */
export const noneMentions = (word: string) => `None of these mentions “${word}”. Closest to the rest:`;

/** Nothing is found. */
export const NOT_FOUND = {
  anywhere: "I found no abstract that says this.",
  inScope: (papers: number) => `I found no abstract that says this among the ${papers} papers asked.`,
  inOne: (title: string) => `I found nothing in the abstract of *${title}* that says this.`,
  noPaper: "No papers match this scope.",
  nearest: "Nearest:",
  waysOn: "Other words may find it, or the name of a paper.",
  askAll: "Ask all papers",
} as const;

/** Questions that are suggested, at first and under an answer. A paper is called by its name, or its title in “…”. */
export const NEXT = {
  label: "Ask next",
  compare: (paper: string, other: string) => `How does ${paper} differ from ${other}?`,
  survey: (topic: string) => `Which papers study ${topic}?`,
  others: (topic: string) => `Which other papers study ${topic}?`,
  summarize: (paper: string) => `Summarize ${paper}`,
  similar: (paper: string) => `Which papers are similar to ${paper}?`,
} as const;

/** How near a paper comes to a sentence that was pasted. */
export const FOUND: Readonly<Record<FindGrade, string>> = {
  "says-so": "says so",
  nearly: "says nearly this",
  nowhere: "nearest",
};
export const FOUND_NOWHERE = "No paper here says this.";

/** Papers that were found and are not cited. */
export const alsoFound = (papers: number) => `Also found: ${papers} ${papers === 1 ? "paper" : "papers"}`;

/** Papers that an answer does not cite, under what they are: the nearest where it found nothing, of a list the rest. */
export function otherPapers(answer: Answer): { readonly head: string; readonly papers: readonly Source[] }[] {
  const { sources, citations, nearest = [], shape } = answer;
  const cited = new Set(citations.map(({ marker }) => marker));
  const more = shape === "list" ? sources.filter(({ marker, score }) => !cited.has(marker) && score > 0) : [];
  return [
    { head: NOT_FOUND.nearest, papers: nearest },
    { head: alsoFound(more.length), papers: more },
  ].filter(({ papers }) => papers.length > 0);
}

const count = (papers: number) => `${papers} ${papers === 1 ? "paper" : "papers"}`;
const joined = (words: readonly string[], last: "and" | "or") =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;

const ONE_OF = { years: "a year", authors: "authors", venues: "a venue" } as const;

/** Answers from the records alone. */
export const CATALOGUE = {
  /** @param years of those that have one, `dated` of them */
  all: (papers: number, dated: number, years: { from: number; to: number } | undefined) => {
    const span =
      years === undefined || years.from === years.to ? `${years?.to}` : `${years.from} to ${years.to}`;
    const told =
      dated === papers ? `, from ${span}` : `; ${dated} ${dated === 1 ? "has" : "have"} a year, from ${span}`;
    return `There ${papers === 1 ? "is" : "are"} ${count(papers)} here${years === undefined ? "" : told}`;
  },
  /** @param filter "by Ada Tester, from 2021 on" @param topic words that title and abstract have */
  some: (fitting: number, of: number, filter: string, topic: string) => {
    const one = fitting === 1;
    const number = fitting === 0 ? "None" : String(fitting);
    const is = filter === "" ? "" : ` ${one ? "is" : "are"} ${filter}`;
    const mentions = topic === "" ? "" : ` ${one ? "mentions" : "mention"} “${topic}” in title or abstract`;
    return `${number} of the ${count(of)} here${is}${is !== "" && mentions !== "" ? " and" : ""}${mentions}`;
  },
  /** @param more whether others follow those of that year */
  extreme: (which: "newest" | "oldest", papers: number, year: number, filter: string, more: boolean) =>
    `The ${which} ${papers === 1 ? "paper" : "papers"} here${filter === "" ? "" : ` ${filter}`} ${papers === 1 ? "is" : "are"} from ${year}${more ? `; those ${which === "newest" ? "before" : "after"} it follow` : ""}`,
  by: (names: readonly string[]) => `by ${joined(names, "and")}`,
  in: (venue: string) => `in *${venue}*`,
  years: (from: number | undefined, to: number | undefined) => {
    if (from === to) return `from ${from}`;
    if (from === undefined) return `from ${to} or before`;
    return to === undefined ? `from ${from} on` : `from ${from} to ${to}`;
  },
  open: (papers: number) => `Open ${papers === 1 ? "the paper" : `one of the ${papers} papers`}`,
  label: "from the records",
  more: (papers: number) => `… and ${papers} more, on the page *Papers*.`,
  kinds: { years: "years", authors: "authors", venues: "venues" },
  /** Where what is said holds for some of the papers alone. */
  only: (having: number, of: number, kind: "years" | "authors" | "venues") =>
    `Only ${having} of the ${of} records ${having === 1 ? "names" : "name"} ${ONE_OF[kind]}.`,
  without: (kinds: readonly string[]) => `The records here have no ${joined(kinds, "and")}.`,
  askWithout: (question: string) => `Without them I can be asked: “${question}”`,
  unknownId: (id: string) => `No paper here has the ${id}.`,
  fact: { authors: "Authors:", year: "Year:", venue: "Published in:", code: "Code:", links: "Links:" },
  missing: { authors: "authors", year: "year", venue: "venue", code: "code", links: "links" },
  recordLacks: (title: string, missing: readonly string[]) =>
    `The record of *${title}* names no ${joined(missing, "or")}.`,
  noCode: (title: string) => `The abstract and record of *${title}* name no code.`,
  near: (title: string) => `The papers nearest to *${title}*:`,
  noneNear: (title: string) => `No other paper here is near *${title}*.`,
} as const;

/** Formulas and addresses stay as they are. */
const AS_IT_IS = /(\$[^$\n]{1,2000}\$|[a-z]{2,8}:\/\/\S{1,2000})/i;
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/``/g, "“"],
  // Not the second derivative f''(x).
  [/(?<=\S)''(?![\p{L}\p{N}(])/gu, "”"],
  [/(?<![\p{L}\p{N}`])`([^`'\n]{1,80})'(?!\p{L})/gu, "‘$1’"],
  [/(?<!-)---(?!-)/g, "—"],
  // Not an option of a command line, "--all".
  [/(?<=[^\s-])--(?!-)|(?<=\s)--(?=\s)/g, "–"],
];

/** How papers write quotation marks and dashes for TeX, drawn as typography: for reading, never for what is compared. */
export function typeset(text: string): string {
  return text
    .split(AS_IT_IS)
    .map((part, at) =>
      at % 2 === 1 ? part : MARKS.reduce((drawn, [mark, sign]) => drawn.replace(mark, sign), part),
    )
    .join("");
}
