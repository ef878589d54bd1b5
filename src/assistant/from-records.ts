/** What of a message the records answer, and what they leave of it to the papers. */

import { type CatalogueAnswer, composeCatalogue } from "../answer/catalogue/catalogue-answer.ts";
import { describeRecord } from "../answer/catalogue/describe-record.ts";
import { lacking, listPapers } from "../answer/catalogue/list-papers.ts";
import { MAX_SCOPE_PAPERS } from "../protocol/limits.ts";
import { CATALOGUE } from "../protocol/wording.ts";
import type { Paper, Scope } from "../protocol.ts";
import { type CatalogueQuestion, catalogueQuestion } from "../question/catalogue-question.ts";
import type { Turn } from "../question/follow-up.ts";
import { mentionedIds } from "../question/mentioned-ids.ts";
import type { Question } from "../question/question.ts";
import type { RecordFilter } from "../question/record-filter.ts";
import { RecordNames } from "../question/record-names.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";
import { scopeFilter } from "../retrieval/scope.ts";
import { fittingPapers } from "./fitting-papers.ts";
import type { Snapshot } from "./live-index.ts";
import type { AskRequest } from "./port.ts";
import { recordAsked } from "./record-asked.ts";
import { relatedPapers } from "./related-papers.ts";
import { withTitles } from "./with-titles.ts";

export type Recorded = ReturnType<typeof composeCatalogue>;

export type FromRecords =
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

export interface Asked extends Pick<AskRequest, "scope" | "signal"> {
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
    const related = aspects.includes("related") ? relatedPapers(snapshot, paper, most) : [];
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
