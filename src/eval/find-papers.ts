import type { Papers } from "../assistant/port.ts";
import { normalizeTitle } from "../corpus/identity/normalize-title.ts";
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
export function paperFinder(papers: Papers): (question: Question) => JudgedPapers {
  const idOfTitle = new Map(allPapers(papers).map(({ id, title }) => [normalizeTitle(title), id]));
  const find = (name: string, field: string, { place }: Question): string => {
    const id = idOfTitle.get(normalizeTitle(name)) ?? idOfAlias(papers, name);
    if (id !== undefined) return id;
    throw new AppError(
      "bad_request",
      `${place}: ${field} names "${name}", which is neither title nor id of one of the ${idOfTitle.size} papers in the index`,
    );
  };
  return (question) => {
    for (const name of question.about ?? []) find(name, "about", question);
    const gold = new Set(question.gold.map((name) => find(name, "gold", question)));
    const partial = new Set((question.partial ?? []).map((name) => find(name, "partial", question)));
    checkEvidence(
      question,
      [...gold, ...partial].map((id) => papers.get(id).paper),
    );
    return { gold: [...gold], partial: [...partial].filter((id) => !gold.has(id)) };
  };
}

/** No note could quote what the papers do not say: every answer would score 0. */
function checkEvidence({ evidence = [], place, gold }: Question, papers: readonly Paper[]): void {
  if (gold.length === 0) return;
  const texts = papers.map(({ title, abstract }) => oneLine(`${title}\n${abstract}`));
  const missing = evidence.find((sentence) => !texts.some((text) => text.includes(oneLine(sentence))));
  if (missing === undefined) return;
  throw new AppError(
    "bad_request",
    `${place}: evidence "${missing}" stands in no abstract of gold or partial: copy it to the letter`,
  );
}

function allPapers(papers: Papers): Paper[] {
  const all: Paper[] = [];
  let cursor: string | undefined;
  do {
    const page = papers.list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.papers);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

function idOfAlias(papers: Papers, name: string): string | undefined {
  try {
    return papers.get(name).paper.id;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return undefined;
    throw error;
  }
}
