/** The authors and venues that the records of a corpus name, found by the words of a message. */
import { authorNames } from "../../corpus/names/author-names.ts";
import type { Paper } from "../../protocol.ts";
import { type Word, wordsIn } from "../../text/words.ts";

/** Words of a name at most: "Maria del Carmen de la Cruz". */
const AUTHOR_WORDS = 6;
const VENUE_WORDS = 14;

interface NameMatch {
  /** Index of the word behind the name. */
  readonly end: number;
  readonly papers: ReadonlySet<Paper>;
}

/** An author of one paper, word by word. */
interface Author {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly paper: Paper;
}

export class RecordNames {
  readonly hasAuthors: boolean;
  readonly hasVenues: boolean;
  readonly hasYears: boolean;
  readonly #papers: readonly Paper[];
  #index: Index | undefined;

  constructor(papers: readonly Paper[]) {
    this.#papers = papers;
    this.hasAuthors = papers.some(({ authors = [] }) => authors.length > 0);
    this.hasVenues = papers.some(({ venue }) => venue !== undefined);
    this.hasYears = papers.some(({ year }) => year !== undefined);
  }

  /** The longest name that begins there: "Tester", "Ada Tester", "A. B. Tester", "Tester, Ada". */
  authorAt(words: readonly Word[], start: number): NameMatch | undefined {
    for (let end = Math.min(words.length, start + AUTHOR_WORDS); end > start; end--) {
      const said = words.slice(start, end).map(({ text }) => text);
      const papers = new Set(
        [...new Set([said.at(-1) ?? "", ...said.slice(0, -1)])].flatMap((family) =>
          (this.#named.authors.get(family) ?? [])
            .filter((author) => isSaid(author, said))
            .map(({ paper }) => paper),
        ),
      );
      if (papers.size > 0) return { end, papers };
    }
    return undefined;
  }

  /** Made when a message first speaks of papers. */
  get #named(): Index {
    this.#index ??= indexOf(this.#papers);
    return this.#index;
  }

  venueAt(words: readonly Word[], start: number): NameMatch | undefined {
    for (let end = Math.min(words.length, start + VENUE_WORDS); end > start; end--) {
      const name = words.slice(start, end).map(({ text }) => text);
      const papers = this.#named.venues.get(name.join(" "));
      if (papers !== undefined) return { end, papers };
    }
    return undefined;
  }
}

interface Index {
  /** By the last word of the family name. */
  readonly authors: ReadonlyMap<string, readonly Author[]>;
  readonly venues: ReadonlyMap<string, ReadonlySet<Paper>>;
}

function indexOf(papers: readonly Paper[]): Index {
  const [authors, venues] = [new Map<string, Author[]>(), new Map<string, Set<Paper>>()];
  for (const paper of papers) {
    for (const author of authorsOf(paper)) {
      const last = author.family.at(-1) ?? "";
      const known = authors.get(last);
      if (known === undefined) authors.set(last, [author]);
      else known.push(author);
    }
    for (const name of venueNames(paper.venue ?? "")) {
      const known = venues.get(name);
      if (known === undefined) venues.set(name, new Set([paper]));
      else known.add(paper);
    }
  }
  return { authors, venues };
}

/** PubMed's initials: "Smith JA". */
const INITIALS = /^\p{Lu}(?:-?\p{Lu}){1,3}$/u;

/** Particles belong to the family name: "Aäron van den Oord". */
function authorsOf(paper: Paper): Author[] {
  return authorNames(paper.authors ?? []).flatMap((name) => {
    const family = textsOf([name["non-dropping-particle"], name.family ?? name.literal].join(" "));
    const given = (name.given ?? "").split(" ").flatMap((part) => (INITIALS.test(part) ? [...part] : [part]));
    return family.length === 0 ? [] : [{ family, given: textsOf(given.join(" ")), paper }];
  });
}

const textsOf = (name: string): string[] => wordsIn(name).map(({ text }) => text);

/** The family name, with or without its particles, and given names or initials before or after it. */
function isSaid({ given, family }: Author, said: readonly string[]): boolean {
  const last = family.at(-1);
  const at = said.indexOf(last ?? "");
  if (at < 0) return false;
  let from = at;
  for (let part = family.length - 2; part >= 0 && said[from - 1] === family[part]; part--) from--;
  const others = [...said.slice(0, from), ...said.slice(at + 1)];
  if (from > 0 && at < said.length - 1) return false;
  let next = 0;
  return others.every((other) => {
    while (next < given.length && !isGiven(given[next] ?? "", other)) next++;
    return next++ < given.length;
  });
}

const isGiven = (given: string, said: string) =>
  said === given ||
  (said.length === 1 && given.startsWith(said)) ||
  (given.length === 1 && said[0] === given);

/** As it is written, without its year, without "Proceedings of the", and what it has in brackets. */
function venueNames(venue: string): string[] {
  const texts = [venue, ...[...venue.matchAll(/\(([^()]{2,40})\)/gu)].map(([, inner = ""]) => inner)];
  const names = texts.flatMap((text) => {
    const words = textsOf(text);
    const undated = words.filter((word) => !/^(?:19|20)\d\d$/.test(word));
    const from = undated[0] === "proceedings" ? (undated[2] === "the" ? 3 : 2) : 0;
    return [words.join(" "), undated.join(" "), undated.slice(from).join(" ")];
  });
  return [...new Set(names)].filter((name) => /\p{L}/u.test(name));
}
