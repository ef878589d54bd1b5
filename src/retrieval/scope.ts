/** What a scope lets through. */
import type { PaperCatalog } from "../corpus/catalog.ts";
import { AppError } from "../errors.ts";
import type { Paper, PaperFilter, Scope } from "../protocol.ts";
import { fold } from "../text/words.ts";

/**
 * The papers that `scope` lets through: a test, or undefined when everything passes. Ids may be aliases. A paper
 * without a year or venue does not pass a filter on it.
 * @throws AppError (not_found) naming a paper id or corpus that does not exist.
 */
export function scopeFilter(
  catalog: PaperCatalog,
  scope: Scope | undefined,
): ((paper: Paper) => boolean) | undefined {
  const tests: ((paper: Paper) => boolean)[] = [];
  if (scope?.paperIds !== undefined) {
    const ids = new Set(scope.paperIds.map((id) => resolve(catalog, id)));
    tests.push((paper) => ids.has(paper.id));
  }
  const corpus = scope?.corpus;
  if (corpus !== undefined) {
    const isIn = corpusTest(corpus);
    if (!catalog.all().some(isIn)) {
      throw new AppError("not_found", `scope.corpus "${corpus}" is the name of no corpus and no source`, {
        field: "scope.corpus",
      });
    }
    tests.push(isIn);
  }
  tests.push(...filterTests(scope?.filter ?? {}));
  return tests.length === 0 ? undefined : (paper) => tests.every((test) => test(paper));
}

/** Whether a paper was put into the corpus of this name, or came from the file of this name. */
export function corpusTest(corpus: string): (paper: Paper) => boolean {
  return ({ corpora, source }) => source === corpus || corpora?.includes(corpus) === true;
}

/** Each test that a paper has to pass. */
export function filterTests(filter: PaperFilter): ((paper: Paper) => boolean)[] {
  const { tags, authors, yearFrom, yearTo, venue } = filter;
  const tests: ((paper: Paper) => boolean)[] = [];
  if (tags !== undefined) tests.push((paper) => tags.every((tag) => paper.tags?.includes(tag)));
  if (authors !== undefined) {
    const wanted = authors.map(fold);
    tests.push((paper) => {
      const own = new Set(paper.authors?.map(fold));
      return wanted.every((author) => own.has(author));
    });
  }
  if (yearFrom !== undefined) tests.push((paper) => paper.year !== undefined && paper.year >= yearFrom);
  if (yearTo !== undefined) tests.push((paper) => paper.year !== undefined && paper.year <= yearTo);
  if (venue !== undefined) tests.push((paper) => paper.venue?.toLowerCase() === venue.toLowerCase());
  return tests;
}

function resolve(catalog: PaperCatalog, id: string): string {
  const paper = catalog.get(id);
  if (paper === undefined) {
    throw new AppError("not_found", `scope.paperIds names "${id}", which is not in this corpus`, {
      field: "scope.paperIds",
    });
  }
  return paper.id;
}
