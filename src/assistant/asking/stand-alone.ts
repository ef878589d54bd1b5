import type { Answer, Message } from "../../protocol.ts";
import { namedPapers } from "../../question/names/named-papers.ts";
import { Question } from "../../question/question.ts";
import { resolveFollowUp, type Turn } from "../../question/reading/follow-up.ts";
import { mentionedNotes } from "../../question/reading/mentions.ts";
import { partRead } from "../../question/reading/message.ts";
import type { RankedPaper } from "../../retrieval/retriever.ts";
import { contentWords, terms } from "../../text/terms.ts";
import type { Verdict } from "../decide-on.ts";
import type { Snapshot } from "../index/live-index.ts";

/** The question made to stand alone by a language model; undefined when it could not, and the rule has to. */
export type Condense = (
  question: string,
  history: readonly Turn[],
  signal: AbortSignal | undefined,
) => Promise<string | undefined>;

/** A question and what was found for it. */
export interface Found {
  readonly question: Question;
  readonly ranked: readonly RankedPaper[];
  /** Whether that answers the question: decided when it is first wanted. */
  readonly verdict: Verdict;
}

/** The papers of an index, as a question meets them. */
export interface Search {
  find(question: Question): Promise<Found>;
  /** With misspelt words put right. */
  spelled(question: Question): Promise<Question>;
  /** Of a paper that was found. */
  title(paperId: string): string;
}

/**
 * Share of what is asked that a sentence of the last answer's papers must hold for a question that finds nothing alone
 * to be about them. Of the follow-ups that seem to stand alone all four reach it, of 62 refused questions two.
 */
const RESUMING = 0.1;

/**
 * The question as it reads without the conversation and without what is said to the machine, and its ranking. A
 * question that may continue the topic but is answered for certain by itself, and not by a single word ("Who is
 * faster?"), has begun a new one, and is not dragged back; one that seems to stand alone and finds nothing was about the
 * papers of the last answer if those speak of it ("What was the mission called?"). Where nothing is asked of the papers,
 * the words stay as they are.
 * @param options without `condense` it is the rule that makes it stand alone
 */
export async function standAlone(
  asked: Question,
  history: readonly Turn[],
  search: Search,
  { condense, signal }: { condense?: Condense | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Found> {
  const said = asked.asked.orderless;
  if (said.text === "") return search.find(asked);
  const spelled = await search.spelled(said);
  const question = spelled.as(withTitles(spelled.text, history));
  if (history.length === 0) return search.find(question);
  const { talk, dependence } = question;
  const condensed = talk === undefined ? await condense?.(question.text, history, signal) : undefined;
  if (condensed !== undefined) return search.find(question.as(condensed));
  // "What is it about?" has the words of small talk, and is none while papers are spoken of.
  if (talk !== undefined && (talk !== "chatter" || dependence !== "points-back"))
    return search.find(question);
  const continued = () => search.find(question.as(resolveFollowUp(question.text, history)));
  if (dependence === "points-back") return continued();
  const alone = await search.find(question);
  const { confidence } = alone.verdict;
  const mayContinue = dependence === "may-continue";
  const begins = mayContinue
    ? confidence === "high" && contentWords(question.text).includes(" ")
    : confidence !== "none";
  if (begins) return alone;
  const back = await continued();
  const resumes = back.verdict.held >= RESUMING;
  // "What about hallucinations?" begins again if the last papers say nothing of them, and another has them in its title.
  const best = alone.ranked[0] === undefined ? "" : search.title(alone.ranked[0].paperId);
  const titled = question.terms.some((term) => terms(best).includes(term));
  return resumes || (mayContinue && !titled) ? back : alone;
}

/** The question with the titles of the papers that it calls by their numbers in the last answer: "[2]", "paper 3". */
export function withTitles(question: string, history: readonly Turn[]): string {
  const { places } = mentionedNotes(question);
  const sources = history.findLast(({ sources = [] }) => sources.length > 0)?.sources ?? [];
  let replaced = question;
  for (const { start, end, numbers } of [...places].reverse()) {
    const titles = numbers.flatMap((number) => sources.find(({ marker }) => marker === number)?.title ?? []);
    // A number that stands for nothing is left, but for a mark of its own: "What is X? [1]".
    const meant = titles.length > 0 ? titles.map((title) => `“${title}”`).join(" and ") : undefined;
    const isMark = question[start] === "[" || question[start] === "【";
    if (meant !== undefined || (isMark && sources.length === 0))
      replaced = `${replaced.slice(0, start)}${meant ?? ""}${replaced.slice(end)}`;
  }
  return replaced.trim();
}

/** Papers of a list that a follow-up may be about. */
const SPOKEN_OF = 10;

/** The earlier questions of a thread (oldest first), each with the papers it was about. */
export function historyOf(
  thread: readonly Message[],
  snapshot: Pick<Snapshot, "generation" | "retriever">,
): Turn[] {
  return thread.flatMap(({ answer }) => {
    if (answer === undefined) return [];
    const named = namedIn(answer, snapshot);
    const papers = named.length > 1 ? named : [...citedIn(answer), ...listedIn(answer)];
    const sources = answer.sources.map(({ marker, paper: { title } }) => ({ marker, title }));
    return [{ question: answer.standaloneQuestion, papers, sources, answer: answer.text }];
  });
}

/** In the order of their notes. */
function citedIn({ citations }: Answer): Turn["papers"] {
  const cited = [...citations].sort((a, b) => a.claim.start - b.claim.start);
  return [...new Map(cited.map(({ paperId, title }) => [paperId, { title }])).values()];
}

/** Facts of the record have no notes; a list of everything speaks of nothing. */
function listedIn({ shape, sources }: Answer): Turn["papers"] {
  const isSpokenOf = shape === "catalogue" && sources.length <= SPOKEN_OF;
  return isSpokenOf ? sources.map(({ paper: { title } }) => ({ title })) : [];
}

/** Who names several papers counts by that order, whichever of them the answer quoted. */
function namedIn({ question, sources }: Answer, { generation, retriever }: Parameters<typeof historyOf>[1]) {
  const { catalog } = generation;
  const found = sources.flatMap(({ paper }) => catalog.get(paper.id) ?? []);
  const rarity = { corpusSize: catalog.size, idf: (term: string) => retriever.idf(term) };
  const { papers } = namedPapers(new Question(partRead(question)), found, rarity);
  return papers.map(({ title }) => ({ title }));
}
