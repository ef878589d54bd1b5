/** The papers of the live index as the edges see them. */
import { placeInBody } from "../../corpus/excerpt.ts";
import type { PaperBody } from "../../corpus/paper.ts";
import { AppError } from "../../errors.ts";
import { MAX_BODY_SPAN } from "../../protocol/limits.ts";
import type { BodyOutline, Facets, Paper, PaperOrder } from "../../protocol.ts";
import { Question } from "../../question/question.ts";
import { formatReference } from "../../references/references.ts";
import { corpusTest, filterTests } from "../../retrieval/scope.ts";
import { fold as foldText } from "../../text/words.ts";
import type { Snapshot } from "../index/live-index.ts";
import type { Papers } from "../port.ts";

/** @param snapshot throws AppError (indexing) while there is none */
export function papersOf(snapshot: () => Snapshot): Papers {
  const find = (id: string): Paper => {
    const paper = snapshot().generation.catalog.get(id);
    if (paper === undefined) throw new AppError("not_found", `There is no paper with the id "${id}".`);
    return paper;
  };
  return {
    list: async ({ query, filter = {}, corpus, sort, facets, limit, cursor }) => {
      const tests = [...filterTests(filter), ...(corpus === undefined ? [] : [corpusTest(corpus)])];
      const all = snapshot().generation.catalog.all();
      const passing = tests.length === 0 ? all : all.filter((paper) => tests.every((test) => test(paper)));
      const papers = inOrder(findByName(passing, query ?? ""), sort);
      const from = decodeOffset(cursor);
      const nextCursor = encodeOffset(from + limit, papers.length);
      const page = { papers: papers.slice(from, from + limit), total: papers.length, ...nextCursor };
      return facets ? { ...page, facets: facetsOf(papers) } : page;
    },
    get: async (id) => {
      const paper = find(id);
      const body = snapshot().generation.catalog.body(paper.id);
      const related = await relatedPapers(snapshot(), paper);
      return { paper, ...(body && { body: outlineOf(body) }), related };
    },
    body: async (id, span) => {
      const paper = find(id);
      const body = snapshot().generation.catalog.body(paper.id);
      if (body !== undefined) return partOf(body, span);
      throw new AppError("not_found", `“${paper.title}” came without the text below its abstract.`);
    },
    citation: async (id, format) => formatReference([find(id)], format),
    citations: async (ids, format) => formatReference(ids.map(find), format),
  };
}

const byTitle = new Intl.Collator("en", { numeric: true });
const ORDERS: Readonly<Record<Exclude<PaperOrder, "relevance">, (a: Paper, b: Paper) => number>> = {
  // Those without a year last; among equals by title.
  year: (a, b) => (b.year ?? -1e9) - (a.year ?? -1e9) || byTitle.compare(a.title, b.title),
  title: (a, b) => byTitle.compare(a.title, b.title),
};
/** What was put in order, kept as long as what it was made of: a list is read page by page. */
const ordered = new WeakMap<readonly Paper[], Map<PaperOrder, readonly Paper[]>>();

function inOrder(papers: readonly Paper[], sort: PaperOrder = "relevance"): readonly Paper[] {
  if (sort === "relevance") return papers;
  const known = ordered.get(papers) ?? new Map<PaperOrder, readonly Paper[]>();
  const sorted = known.get(sort) ?? [...papers].sort(ORDERS[sort]);
  ordered.set(papers, known.set(sort, sorted));
  return sorted;
}

function outlineOf({ text, sections, pages }: PaperBody): BodyOutline {
  return { length: text.length, sections: [...sections], ...(pages && { pages: [...pages] }) };
}

function partOf(
  body: PaperBody,
  { start = 0, end }: { start?: number | undefined; end?: number | undefined },
) {
  const { text } = body;
  if (start >= text.length || (end !== undefined && end <= start)) {
    const fact = `its text has ${text.length} letters`;
    throw new AppError("bad_request", `start ${start} and end ${end ?? text.length} name no part: ${fact}`, {
      field: "start",
    });
  }
  const last = Math.min(text.length, end ?? text.length, start + MAX_BODY_SPAN);
  const part = { start, end: last, text: text.slice(start, last), length: text.length };
  return { ...part, ...placeInBody(body, start) };
}

/** Fused score below which the nearest paper is not the one that was named. A title of three words in one of ten has 1. */
const NAMED = 0.9;
/** Papers named in the error. */
const SUGGESTED = 3;

/**
 * The paper with this id or alias, or this title, or the one whose title it most likely means.
 * @throws AppError not_found naming the nearest titles
 */
export async function findPaper(
  titleOrId: string,
  { generation, retriever }: Snapshot,
  signal?: AbortSignal,
): Promise<Paper> {
  const exact = generation.catalog.get(titleOrId) ?? findByName(generation.catalog.all(), titleOrId)[0];
  if (exact !== undefined && titleOrId.trim() !== "") return exact;
  const ranked = await retriever.retrieve({ question: new Question(titleOrId), limit: SUGGESTED, signal });
  const papers = ranked.flatMap(({ paperId }) => generation.catalog.get(paperId) ?? []);
  const [best] = papers;
  if (best !== undefined && (ranked[0]?.score ?? 0) >= NAMED) return best;
  const titles = papers.map(({ title }) => `“${title}”`).join(", ");
  throw new AppError("not_found", `No paper has the id or title “${titleOrId}”. The nearest are ${titles}.`);
}

/**
 * Papers whose title or authors hold every word of the query, each at the head of a word, any case, accents aside.
 * Best first: the query as it stands in the title, then all words in the title, then those that need the authors;
 * corpus order among equals. An empty query gives all.
 */
export function findByName(papers: readonly Paper[], query: string): readonly Paper[] {
  const wanted = fold(query);
  const words = wanted.split(" ").filter((word) => word !== "");
  if (words.length === 0) return papers;
  return papers
    .map((paper) => ({ paper, rank: rankOf(paper, wanted, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ paper }) => paper);
}

/** Folded names, kept as long as their paper: a list of 20,000 is searched at every key press. */
const folded = new WeakMap<Paper, { title: string; all: string }>();

function rankOf(paper: Paper, wanted: string, words: readonly string[]): number {
  const { title, all } = namesOf(paper);
  if (title.includes(` ${wanted}`)) return 3;
  if (words.every((word) => title.includes(` ${word}`))) return 2;
  return words.every((word) => all.includes(` ${word}`)) ? 1 : 0;
}

function namesOf(paper: Paper): { title: string; all: string } {
  const known = folded.get(paper);
  if (known !== undefined) return known;
  const title = ` ${fold(paper.title)}`;
  const names = { title, all: `${title} ${fold(paper.authors?.join(" ") ?? "")}` };
  folded.set(paper, names);
  return names;
}

function fold(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The cursor of the page that starts at `offset` of a list of `total`; nothing where the list has ended. */
function encodeOffset(offset: number, total: number): { nextCursor?: string } {
  return offset < total ? { nextCursor: Buffer.from(String(offset)).toString("base64url") } : {};
}

/** @throws AppError (bad_request) for a cursor that no page gave. */
function decodeOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, "base64url").toString();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError("bad_request", `cursor "${cursor}" is not one that a list gave: start without it`, {
    field: "cursor",
  });
}

/** Papers shown as related. */
const RELATED = 5;

/** The papers whose vectors lie nearest, best first. */
export async function relatedPapers(
  { generation, retriever }: Snapshot,
  paper: Paper,
  most = RELATED,
): Promise<{ paper: Paper; score: number }[]> {
  const near = await retriever.related(paper.id, most);
  return near.flatMap(({ paperId, score }) => {
    const found = generation.catalog.get(paperId);
    return found === undefined ? [] : [{ paper: found, score }];
  });
}

/** Values of a facet that are told, the most common. */
const MOST_VALUES = 50;

/** Kept as long as the list: that of the whole corpus is asked for again and again. */
const known = new WeakMap<readonly Paper[], Facets>();

export function facetsOf(papers: readonly Paper[]): Facets {
  const facets = known.get(papers) ?? {
    years: counted(papers, ({ year }) => (year === undefined ? [] : [String(year)])).sort(
      (a, b) => Number(b.value) - Number(a.value),
    ),
    venues: counted(papers, ({ venue }) => (venue === undefined ? [] : [venue])),
    authors: counted(papers, ({ authors = [] }) => authors),
    tags: counted(papers, ({ tags = [] }) => tags),
    corpora: counted(papers, ({ corpora = [] }) => corpora),
    sources: counted(papers, ({ source }) => [source]),
  };
  known.set(papers, facets);
  return facets;
}

function counted(papers: readonly Paper[], valuesOf: (paper: Paper) => readonly string[]) {
  const counts = new Map<string, number>();
  for (const paper of papers)
    for (const value of new Set(valuesOf(paper))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, some], [b, others]) => others - some || a.localeCompare(b, "en"))
    .slice(0, MOST_VALUES)
    .map(([value, count]) => ({ value, papers: count }));
}
