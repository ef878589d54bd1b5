/** Questions that show what a corpus holds, one of each kind; only such as it answers for certain. */
import type { Paper } from "../../protocol.ts";
import { Question } from "../../question/question.ts";
import { nextTurn } from "../../util/turns.ts";
import { decideOn } from "../decide-on.ts";
import type { Snapshot } from "../index/live-index.ts";
import {
  comparisonQuestions,
  definitionQuestions,
  factQuestions,
  type Suggestion,
  surveyQuestions,
} from "./question-kinds.ts";

/** Papers looked at, spread over the corpus: a tenth of a second. */
const POOL = 1500;
/** Questions of a kind that are tried; each is a search. */
const TRIED = 5;
/** Papers that an answer may draw on. */
const ASKED = 8;
const suggested = new WeakMap<Snapshot["generation"], Promise<string[]>>();

/**
 * The questions of a generation, made once: a definition, a fact, a comparison, a survey, as far as there are such.
 * @param signal of the process: what is made is for all who ask
 */
export function suggestQuestions(snapshot: Snapshot, signal?: AbortSignal): Promise<string[]> {
  const known = suggested.get(snapshot.generation);
  if (known !== undefined) return known;
  const made = choose(snapshot, signal);
  suggested.set(snapshot.generation, made);
  made.catch(() => suggested.delete(snapshot.generation));
  return made;
}

async function choose(snapshot: Snapshot, signal?: AbortSignal): Promise<string[]> {
  const { catalog, vectors } = snapshot.generation;
  const all = catalog.all();
  const step = Math.ceil(all.length / POOL);
  const papers = all.filter((_, at) => at % step === 0);
  const wholes = await vectors.wholes(papers.map(({ id }) => id));
  const vectorOf = ({ id }: Paper) => wholes.get(id);
  const kinds = [
    () => definitionQuestions(papers),
    () => factQuestions(papers),
    () => comparisonQuestions(papers, vectorOf),
    () => surveyQuestions(papers),
  ];
  const chosen: Suggestion[] = [];
  for (const kind of kinds) {
    await nextTurn(signal);
    const shown = new Set(chosen.flatMap((one) => one.papers));
    const found = await firstAnswered(kind(), shown, (one) => isAnswered(one, snapshot, signal));
    if (found !== undefined) chosen.push(found);
  }
  return chosen.map(({ question }) => question);
}

/** @param shown papers that are asked about already */
async function firstAnswered(
  suggestions: Iterable<Suggestion>,
  shown: ReadonlySet<Paper>,
  answered: (suggestion: Suggestion) => Promise<boolean>,
): Promise<Suggestion | undefined> {
  let tried = 0;
  for (const suggestion of suggestions) {
    if (suggestion.papers.some((paper) => shown.has(paper))) continue;
    if (tried++ === TRIED) return undefined;
    if (await answered(suggestion)) return suggestion;
  }
  return undefined;
}

async function isAnswered(
  { question: text, papers }: Suggestion,
  snapshot: Snapshot,
  signal?: AbortSignal,
): Promise<boolean> {
  const question = new Question(text);
  const ranked = await snapshot.retriever.retrieve({ question, limit: ASKED, signal });
  const { confidence, lacking } = decideOn({ question, inConversation: false }, question, ranked, snapshot);
  const first = ranked.slice(0, papers.length).map(({ paperId }) => paperId);
  return confidence === "high" && !lacking && papers.every(({ id }) => first.includes(id));
}
