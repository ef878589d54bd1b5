/** What of a message the records answer, and what they leave of it to the papers. */
import {
  type CatalogueAnswer,
  composeCatalogue,
  describeRecord,
  lacking,
  listPapers,
} from "../../answer/catalogue.ts";
import { normalizeTitle } from "../../corpus/identity/normalize-title.ts";
import { MAX_SCOPE_PAPERS } from "../../protocol/limits.ts";
import { CATALOGUE } from "../../protocol/wording.ts";
import type { Paper, Scope } from "../../protocol.ts";
import { namedPapers } from "../../question/names/named-papers.ts";
import type { Question } from "../../question/question.ts";
import { resolveFollowUp, type Turn } from "../../question/reading/follow-up.ts";
import { mentionedIds } from "../../question/reading/mentions.ts";
import {
  type CatalogueQuestion,
  catalogueQuestion,
  mayAskRecord,
  numberAsked,
  type RecordAspect,
  recordQuestion,
  wordsOfName,
} from "../../question/records/catalogue-question.ts";
import type { RecordFilter } from "../../question/records/record-filter.ts";
import { RecordNames } from "../../question/records/record-names.ts";
import type { RankedPaper } from "../../retrieval/retriever.ts";
import { scopeFilter } from "../../retrieval/scope.ts";
import { terms } from "../../text/terms.ts";
import { fold } from "../../text/words.ts";
import { nextTurn } from "../../util/turns.ts";
import { relatedPapers } from "../find/papers.ts";
import type { Snapshot } from "../index/live-index.ts";
import type { AskRequest } from "../port.ts";
import { withTitles } from "./stand-alone.ts";

export type Recorded = ReturnType<typeof composeCatalogue>;

type FromRecords =
  | {
      readonly said: Recorded;
      readonly ranked: readonly RankedPaper[];
      readonly standaloneQuestion: string;
      readonly scope: Scope | undefined;
    }
  | {
      /** What is left to the papers. */
      readonly question: Question;
      readonly scope: Scope | undefined;
      /** The part of it that is papers of the asker's own choice. */
      readonly chosen: Scope | undefined;
    };

interface Asked extends Pick<AskRequest, "scope" | "signal"> {
  readonly question: Question;
}

/** Kept as long as the papers: they change with the index alone. */
const namesOf = new WeakMap<readonly Paper[], RecordNames>();

export async function fromRecords(
  asked: Asked,
  history: readonly Turn[],
  snapshot: Snapshot,
): Promise<FromRecords> {
  const called = withIds(asked, snapshot);
  if (called.unknown !== undefined) {
    const answer = { text: `${CATALOGUE.unknownId(called.unknown)}`, papers: [], known: false };
    return saidBy(answer, asked.question.text, asked.scope);
  }
  const { scope } = called;
  const question = called.question.as(withTitles(called.question.asked.text, history));
  const placed = { ...asked, question, scope };
  const record = await recordAsked(placed, history, snapshot);
  if (record !== undefined) {
    const { paper, aspects, most } = record;
    const related = aspects.includes("related") ? await relatedPapers(snapshot, paper, most) : [];
    const answer = describeRecord(
      paper,
      aspects,
      related.map((near) => near.paper),
    );
    return saidBy(answer, record.standaloneQuestion, scope);
  }
  const papers = snapshot.generation.catalog.all();
  const names = namesOf.get(papers) ?? new RecordNames(papers);
  namesOf.set(papers, names);
  // "Papers by I. Marlow": by its sentences the first of these is of who speaks.
  const [read, whole] = [
    catalogueQuestion(question.text, names),
    catalogueQuestion(called.question.text, names),
  ];
  const catalogue = read ?? (whole?.asks === "papers" ? undefined : whole);
  if (catalogue === undefined) return { question: called.question, scope, chosen: scope };
  return fromCatalogue(catalogue, placed, names, snapshot);
}

async function fromCatalogue(
  catalogue: CatalogueQuestion,
  { question, scope, signal }: Asked,
  names: RecordNames,
  { generation: { catalog } }: Snapshot,
): Promise<FromRecords> {
  const isIn = scopeFilter(catalog, scope);
  const papers = isIn === undefined ? catalog.all() : catalog.all().filter(isIn);
  const ofPapers = catalogue.asks === "papers";
  const topic = ofPapers ? "" : catalogue.topic;
  const fitting = await fittingPapers(papers, catalogue.filter, topic, signal);
  const isOpen = ofPapers && lacking(catalogue, names) === undefined && fitting.length > 0;
  if (isOpen) {
    const narrowed = narrowedScope(scope, catalogue.filter, fitting);
    return { question: question.as(catalogue.question), scope: narrowed, chosen: scope };
  }
  return saidBy(listPapers({ asked: { ...catalogue, topic }, papers, fitting, names }), question.text, scope);
}

function saidBy(answer: CatalogueAnswer, standaloneQuestion: string, scope: Scope | undefined): FromRecords {
  const said = composeCatalogue(answer);
  const ranked = answer.papers.map(({ id }) => ({
    paperId: id,
    score: 1,
    why: { dense: 0, lexical: 0 },
    passages: [],
  }));
  return { said, ranked, standaloneQuestion, scope };
}

/** The message with titles for the ids it names, put to these papers alone. */
function withIds({ question, scope }: Asked, { generation: { catalog } }: Snapshot) {
  const isIn = scopeFilter(catalog, scope) ?? (() => true);
  const ids = mentionedIds(question.text).map((id) => ({ ...id, paper: catalog.byKey(id.key)?.paper }));
  const found = ids.filter(({ paper }) => paper !== undefined && isIn(paper));
  const unknown = ids.find(({ isLink }) => !isLink)?.name;
  if (found.length === 0) return { question, scope, unknown };
  const titled = found.reduceRight(
    (text, { start, end, paper }) => `${text.slice(0, start)}“${paper?.title}”${text.slice(end)}`,
    question.text,
  );
  const paperIds = [...new Set(found.flatMap(({ paper }) => paper?.id ?? []))];
  return { question: question.as(titled), scope: { ...scope, paperIds }, unknown: undefined };
}

/**
 * A scope with the filter that was read out of a question. Authors are told by their papers, of which the newest count
 * where they are too many for a scope.
 * @param fitting the papers that pass both
 */
function narrowedScope(
  scope: Scope | undefined,
  { authors, venue, yearFrom, yearTo }: RecordFilter,
  fitting: readonly Paper[],
): Scope | undefined {
  const venues = venue === undefined ? [] : [...new Set(fitting.map((paper) => paper.venue ?? ""))];
  const [only] = venues;
  const isByIds = authors.length > 0 || venues.length > 1;
  const given = scope?.filter ?? {};
  const from = greatest(given.yearFrom, yearFrom);
  const to = least(given.yearTo, yearTo);
  const filter = {
    ...given,
    ...(from === undefined ? {} : { yearFrom: from }),
    ...(to === undefined ? {} : { yearTo: to }),
    ...(only === undefined || venues.length > 1 ? {} : { venue: only }),
  };
  const newest = [...fitting].sort((a, b) => (b.year ?? 0) - (a.year ?? 0)).slice(0, MAX_SCOPE_PAPERS);
  const narrowed = {
    ...scope,
    ...(isByIds ? { paperIds: newest.map(({ id }) => id) } : {}),
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
  };
  return Object.keys(narrowed).length === 0 ? undefined : narrowed;
}

const greatest = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
const least = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** Words of a title at most; one of more is a question. */
const NAME_WORDS = 40;
/** Papers that are compared with what is said. */
const CANDIDATES = 200;

interface RecordAsked {
  readonly paper: Paper;
  readonly aspects: readonly RecordAspect[];
  /** Papers alike that are asked for. */
  readonly most: number | undefined;
  readonly standaloneQuestion: string;
}

async function recordAsked(
  { question: asked, scope }: Asked,
  history: readonly Turn[],
  { generation: { catalog }, retriever }: Snapshot,
): Promise<RecordAsked | undefined> {
  const question = asked.text;
  if (!mayAskRecord(question)) return undefined;
  const most = numberAsked(question);
  const aspects = recordQuestion(question);
  if (aspects.length > 0) {
    const spoken = history.flatMap(({ papers }) => papers.map(({ title }) => title));
    if (spoken.length === 0) return undefined;
    const standaloneQuestion = resolveFollowUp(question, history);
    const title = spoken.find((one) => standaloneQuestion.includes(`“${one}”`));
    const paper = title === undefined ? undefined : catalog.byKey(`title:${normalizeTitle(title)}`)?.paper;
    return paper === undefined ? undefined : { paper, aspects, most, standaloneQuestion };
  }
  const spelled = await retriever.spelled(asked);
  const isIn = scopeFilter(catalog, scope) ?? (() => true);
  const found = mayBeNamed(catalog.all(), spelled.text).filter(isIn);
  const rarity = { corpusSize: catalog.size, idf: (term: string) => retriever.idf(term) };
  const { papers, rest, guessed } = namedPapers(spelled, found, rarity);
  const [paper] = papers;
  const wanted = recordQuestion(rest);
  if (paper === undefined || papers.length > 1 || guessed || wanted.length === 0) return undefined;
  return { paper, aspects: wanted, most: numberAsked(rest), standaloneQuestion: question };
}

/** The papers that have every word which is none of asking: one is named by them, or none. */
function mayBeNamed(papers: readonly Paper[], question: string): Paper[] {
  const words = [...new Set(wordsOfName(question))];
  if (words.length === 0 || words.length > NAME_WORDS) return [];
  return papers
    .filter(({ title, abstract }) => {
      const text = fold(`${title} ${abstract}`).replace(/['’]/g, "");
      return words.every((word) => text.includes(word));
    })
    .slice(0, CANDIDATES);
}

/** Papers between two of which waiting requests come through: a few milliseconds of stemming. */
const AT_ONCE = 200;
/** Letters that a word keeps in every form: most texts need not be taken apart. */
const STEM_HEAD = 3;

/** Those that fit the filter and have every word of the topic in title or abstract, in corpus order. */
async function fittingPapers(
  papers: readonly Paper[],
  filter: RecordFilter,
  topic: string,
  signal?: AbortSignal,
): Promise<Paper[]> {
  const wanted = [...new Set(terms(topic))];
  const fitting: Paper[] = [];
  for (const [at, paper] of papers.entries()) {
    if (wanted.length > 0 && at % AT_ONCE === AT_ONCE - 1) await nextTurn(signal);
    if (fits(paper, filter) && mentions(paper, wanted)) fitting.push(paper);
  }
  return fitting;
}

function fits(paper: Paper, { authors, venue, yearFrom, yearTo }: RecordFilter): boolean {
  const { year = Number.NaN } = paper;
  return (
    authors.every((author) => author.papers.has(paper)) &&
    (venue === undefined || venue.papers.has(paper)) &&
    (yearFrom === undefined || year >= yearFrom) &&
    (yearTo === undefined || year <= yearTo)
  );
}

function mentions({ title, abstract }: Paper, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const text = fold(`${title} ${abstract}`);
  if (!wanted.every((term) => text.includes(term.slice(0, STEM_HEAD)))) return false;
  const said = new Set(terms(text));
  return wanted.every((term) => said.has(term));
}
