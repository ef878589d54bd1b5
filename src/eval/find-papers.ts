import type { Papers } from "../assistant/port.ts";
import { normalizeTitle } from "../corpus/identity/normalize-title.ts";
import { plainOf } from "../corpus/plain/plain-text.ts";
import { AppError } from "../errors.ts";
import type { Paper } from "../protocol.ts";
import { oneLine } from "../util/strings.ts";
import type { Question } from "./question.ts";

/** Papers read from the list at a time. */
const PAGE = 1000;

/** The papers of a question by id: disjoint, each once. */
export interface JudgedPapers {
  readonly gold: readonly string[];
  readonly partial: readonly string[];
}

/**
 * Finds the papers that questions name by title, id or alias.
 * @returns a function that throws AppError (bad_request) for a paper that is not in the index, and for evidence that
 * stands in none of the question's papers
 */
export async function paperFinder(papers: Papers): Promise<(question: Question) => Promise<JudgedPapers>> {
  const idOfTitle = new Map((await allPapers(papers)).map(({ id, title }) => [normalizeTitle(title), id]));
  const find = async (name: string, field: string, { place }: Question): Promise<string> => {
    const id = idOfTitle.get(normalizeTitle(name)) ?? (await idOfAlias(papers, name));
    if (id !== undefined) return id;
    throw new AppError(
      "bad_request",
      `${place}: ${field} names "${name}", which is neither title nor id of one of the ${idOfTitle.size} papers in the index`,
    );
  };
  return async (question) => {
    const named = async (names: readonly string[], field: string) => {
      const ids = new Set<string>();
      for (const name of names) ids.add(await find(name, field, question));
      return ids;
    };
    await named(question.about ?? [], "about");
    const gold = await named(question.gold, "gold");
    const partial = await named(question.partial ?? [], "partial");
    const judged = await Promise.all([...gold, ...partial].map((id) => papers.get(id)));
    checkEvidence(
      question,
      judged.map(({ paper }) => paper),
    );
    return { gold: [...gold], partial: [...partial].filter((id) => !gold.has(id)) };
  };
}

/** No note could quote what the papers do not say: every answer would score 0. */
function checkEvidence({ evidence = [], place, gold }: Question, papers: readonly Paper[]): void {
  if (gold.length === 0) return;
  const texts = papers.map(({ title, abstract }) => oneLine(`${title}\n${abstract}`));
  const missing = evidence.find(
    (sentence) => !texts.some((text) => asStored(sentence).some((form) => text.includes(form))),
  );
  if (missing === undefined) return;
  throw new AppError(
    "bad_request",
    `${place}: evidence "${missing}" stands in no abstract of gold or partial: copy it to the letter`,
  );
}

async function allPapers(papers: Papers): Promise<Paper[]> {
  const all: Paper[] = [];
  let cursor: string | undefined;
  do {
    const page = await papers.list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.papers);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

async function idOfAlias(papers: Papers, name: string): Promise<string | undefined> {
  try {
    return (await papers.get(name)).paper.id;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return undefined;
    throw error;
  }
}

/** A sentence copied from a file, in one line: as it stands there, and as its paper is stored, without markup. */
export function asStored(sentence: string): string[] {
  return [...new Set([oneLine(sentence), oneLine(plainOf(sentence))])];
}
