import { terms } from "../text/terms.ts";
import { seededRandom } from "../util/statistics.ts";
import type { Point } from "./layout.ts";

/** Lloyd's rounds at most; most corpora stand still after half of them. */
const ROUNDS = 50;
/** Groups for n papers: 2·n^(1/3), that is 12 for 236 and 54 for 20,000: as many names as a map of that size can bear. */
const groupCount = (papers: number) => Math.min(Math.ceil(papers / 4), Math.round(2 * Math.cbrt(papers)));

/**
 * Neighbouring places in groups: k-means from k-means++ seeds (Arthur & Vassilvitskii 2007).
 * @returns the group of each place, numbered from 0 by size, largest first; none is empty
 */
export function groupPlaces(places: readonly Point[]): number[] {
  if (places.length === 0) return [];
  let centres = firstCentres(places, groupCount(places.length));
  let groups: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const next = places.map((place) => nearest(place, centres));
    if (next.every((group, at) => group === groups[at])) break;
    groups = next;
    centres = centres.map((centre, group) => middle(places, groups, group) ?? centre);
  }
  return numberedBySize(groups);
}

function firstCentres(places: readonly Point[], count: number): Point[] {
  const random = seededRandom(places.length);
  const centres = [places[Math.floor(random() * places.length)] as Point];
  const squares = places.map((place) => square(place, centres[0] as Point));
  while (centres.length < count) {
    let rest = random() * squares.reduce((sum, value) => sum + value, 0);
    const at = squares.findIndex((value) => {
      rest -= value;
      return rest < 0;
    });
    // All places that are left lie on a centre.
    if (at < 0) break;
    const centre = places[at] as Point;
    centres.push(centre);
    for (const [i, place] of places.entries()) squares[i] = Math.min(squares[i] ?? 0, square(place, centre));
  }
  return centres;
}

function nearest(place: Point, centres: readonly Point[]): number {
  let best = 0;
  for (let group = 1; group < centres.length; group++) {
    if (square(place, centres[group] as Point) < square(place, centres[best] as Point)) best = group;
  }
  return best;
}

function middle(places: readonly Point[], groups: readonly number[], group: number): Point | undefined {
  let [x, y, count] = [0, 0, 0];
  for (const [at, place] of places.entries()) {
    if (groups[at] !== group) continue;
    x += place[0];
    y += place[1];
    count += 1;
  }
  return count === 0 ? undefined : [x / count, y / count];
}

function numberedBySize(groups: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b).map(([group]) => group);
  const numbers = new Map(order.map((group, number) => [group, number]));
  return groups.map((group) => numbers.get(group) ?? 0);
}

function square([x, y]: Point, [otherX, otherY]: Point): number {
  return (x - otherX) ** 2 + (y - otherY) ** 2;
}

/** Terms a group at most: a name, not a list. */
const TERMS = 3;
/** Papers of a group that a term is in at least; one in a group of fewer than `SMALL`. */
const FEWEST = 2;
const SMALL = 4;

interface Count {
  /** By how it is written. */
  readonly surfaces: Map<string, number>;
  readonly stems: readonly string[];
  readonly isPair: boolean;
  papers: number;
}

/**
 * What a pair of words counts more than a word: "contrastive learning" before "contrastive". With 1 hardly a pair is
 * chosen, with 2 pairs of chance are, on maps of 236 and of 20,000 papers.
 */
const PAIR = 1.5;

/**
 * The terms of the titles that tell each group from the others, best first: those of the greatest p·log²(p / q), with p
 * and q the shares of the group's papers and of all papers that have the term. What every group says comes out at 0; the
 * square keeps back what many groups say ("model").
 * @param groups of each title the number of its group
 * @returns by group; empty where no term tells it apart, as when there is one group alone
 */
export function nameGroups(titles: readonly string[], groups: readonly number[]): string[][] {
  const all = new Map<string, Count>();
  const byGroup: { papers: number; counts: Map<string, Count> }[] = [];
  for (const [at, title] of titles.entries()) {
    const number = groups[at] ?? 0;
    while (byGroup.length <= number) byGroup.push({ papers: 0, counts: new Map() });
    const group = byGroup[number] as (typeof byGroup)[number];
    group.papers += 1;
    for (const term of titleTerms(title)) {
      add(all, term);
      add(group.counts, term);
    }
  }
  return byGroup.map(({ papers, counts }) => {
    const fewest = papers < SMALL ? 1 : FEWEST;
    const scored = [...counts].flatMap(([key, count]) => {
      const everywhere = (all.get(key)?.papers ?? count.papers) / titles.length;
      return count.papers < fewest ? [] : [{ count, score: score(count, count.papers / papers, everywhere) }];
    });
    return best(scored);
  });
}

function score({ isPair }: Count, inside: number, everywhere: number): number {
  const lift = Math.max(0, Math.log(inside / everywhere));
  return (isPair ? PAIR : 1) * inside * lift ** 2;
}

function add(counts: Map<string, Count>, term: TitleTerm): void {
  const key = keyOf(term);
  const count = counts.get(key) ?? { surfaces: new Map(), stems: term.stems, isPair: term.isPair, papers: 0 };
  count.papers += 1;
  count.surfaces.set(term.surface, (count.surfaces.get(term.surface) ?? 0) + 1);
  counts.set(key, count);
}

/** The best terms that share no word. */
function best(scored: readonly { count: Count; score: number }[]): string[] {
  const chosen: Count[] = [];
  for (const { count, score } of [...scored].sort((a, b) => b.score - a.score)) {
    if (chosen.length === TERMS || score <= 0) break;
    const isNew = chosen.every(({ stems }) => !stems.some((stem) => count.stems.includes(stem)));
    if (isNew) chosen.push(count);
  }
  return chosen.map(({ surfaces }) => [...surfaces].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "");
}

/** A word of a title, or two that follow each other. */
interface TitleTerm {
  /** The stems of its words: what makes two terms one. */
  readonly stems: readonly string[];
  /** As it is shown: in lower case, but for words that are written with capitals within ("LLM", "ImageNet"). */
  readonly surface: string;
  readonly isPair: boolean;
}

const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
/** A capital or a digit after a letter: a name or an abbreviation, not a word of a title with capitals. */
const NAME = /\p{L}[\p{Lu}\p{N}]/u;
const NUMBER = /^\p{N}+$/u;

/** The terms that the title has, each once. Pairs do not reach over punctuation or function words. */
export function titleTerms(title: string): TitleTerm[] {
  const found = new Map<string, TitleTerm>();
  let before: { term: TitleTerm; end: number } | undefined;
  for (const match of title.matchAll(WORD)) {
    const [word] = match;
    const stems = terms(word);
    if (stems.length === 0 || word.length < 2 || NUMBER.test(word)) continue;
    const term = { stems, surface: NAME.test(word) ? word : word.toLowerCase(), isPair: false };
    found.set(keyOf(term), term);
    if (before !== undefined && title.slice(before.end, match.index) === " ") {
      const pair = {
        stems: [...before.term.stems, ...stems],
        surface: `${before.term.surface} ${term.surface}`,
        isPair: true,
      };
      found.set(keyOf(pair), pair);
    }
    before = { term, end: match.index + word.length };
  }
  return [...found.values()];
}

function keyOf({ stems }: TitleTerm): string {
  return stems.join(" ");
}
