/** Every sentence of the sources, scored by how likely it states what the question asks. */

import { type PaperSentence, paperSentences } from "../../claim/paper-sentences.ts";
import type { Role } from "../../claim/rhetorical-role.ts";
import { readPaper } from "../../corpus/read-paper.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import type { Paper, Source } from "../../protocol.ts";
import { amountsIn } from "../../question/amounts.ts";
import { finds, tokensOf } from "../../question/phrases.ts";
import type { Question } from "../../question/question.ts";
import { embedQuestion } from "../../retrieval/embed-question.ts";
import { terms } from "../../text/terms.ts";
import { dot } from "../../util/vectors.ts";
import type { AnswerRequest } from "../answerer.ts";
import { definedTerm, defines } from "./definitions.ts";
import { explainingRoles } from "./explanations.ts";

/**
 * Weight of the question's words in the sentence, beside its cosine and its paper's fused score. With .5, 1, 2 and 3
 * the answer is in the first sentence of .84, .88, .89 and .90 of the factual development questions (README.md).
 */
const COVERAGE_WEIGHT = 2;

/** For a sentence that holds an amount, where one is asked for. .8 to 1.6 measured alike (README.md). */
const AMOUNT_WEIGHT = 1.2;

/** For a sentence that lists what is asked for: "which operations" – "operations include A and B". */
const LIST_WEIGHT = 0.3;
/** Words before "include" of which one is what is listed. */
const LISTED_WITHIN = 3;

/** For a sentence that says what a word means, where that is asked: above any role, below half of the words asked. */
const DEFINITION_WEIGHT = 0.6;

/** What a word of a title counts in a sentence of its paper that does not repeat it, where several papers may answer. */
const IN_TITLE = 0.5;

/**
 * What a sentence loses for each unit that the reader rates it below the best of its paper, and units that count. Given the
 * right paper, the sentence that answers comes first in .59 of the semantic development questions with 0, .67 with .1, .75
 * with .3, .72 with .5, .69 with 2; of other everyday questions, over papers that the reader was not trained on, in .31,
 * .43, .44, .37, .39; of factual ones in .88, .91, .93, .93, .90.
 */
const READING_WEIGHT = 0.3;
const MOST_READING = 8;

/** For a sentence's role, by what speaks for that role: where nothing more is asked than how it works. */
const CERTAIN_ROLE = 0.05;

/** What a sentence gains or loses by its role. */
export type RolePrior = Readonly<Partial<Record<Role, number>>>;

export interface Candidate extends PaperSentence {
  readonly source: Source;
  readonly paper: Paper;
  readonly score: number;
  /** All sentences of the abstract, and which of them this is. */
  readonly sentences: readonly PaperSentence[];
  readonly at: number;
}

interface RankedFor {
  readonly request: AnswerRequest;
  /** What is asked; where papers are named, without their names. */
  readonly question: Question;
  /** Whose sentences. */
  readonly sources: readonly Source[];
  readonly prior: RolePrior;
  /** In a `direct` answer the sentence that explains is wanted, in others what shows the paper. */
  readonly shape: string;
}

/** Best first. */
export async function rankSentences(
  { request, question, sources, prior, shape }: RankedFor,
  embedder: Embedder,
): Promise<Candidate[]> {
  const { signal } = request;
  const content = question.unworked;
  const asked = [...new Set(content.terms)];
  const query = asked.length === 0 ? undefined : await embedQuestion(embedder, content, signal);
  const explaining = shape === "direct" ? explainingRoles(question) : {};
  const amount = question.says("amount");
  const defined = definedTerm(question);
  const listed = new Set(terms(question.asksFor.noun));
  const oneOfMany = sources.length > 1;
  // What was read with the question has its names too, and likes the sentence best that introduces what is named.
  const asAsked = question.text === request.standalone.text;
  const papers = sources.map(({ paper }) => request.paper(paper.id));
  const found = await paperSentences(papers, embedder, signal);
  const candidates = sources.flatMap((source, index) => {
    const paper = request.paper(source.paper.id);
    const title = readPaper(paper).titleTerms;
    const own = found[index] ?? [];
    const logits = asAsked ? request.logits?.(paper.id) : undefined;
    const best = Math.max(...(logits ?? []));
    return own.map((sentence, at): Candidate => {
      const { text } = sentence;
      const score =
        source.score +
        (query === undefined ? CERTAIN_ROLE * sentence.roleWeight : dot(query, sentence.vector)) +
        COVERAGE_WEIGHT * coverage({ asked, title, sentence: sentence.terms, oneOfMany }, request.idf) +
        (amount && amountsIn(text).length > 0 ? AMOUNT_WEIGHT : 0) +
        (lists(text, listed) ? LIST_WEIGHT : 0) +
        (defines(text, defined) ? DEFINITION_WEIGHT : 0) +
        READING_WEIGHT * Math.max(-MOST_READING, (logits?.[at] ?? best) - best || 0) +
        (prior[sentence.role] ?? 0) +
        (explaining[sentence.role] ?? 0);
      return { ...sentence, source, paper, score, sentences: own, at };
    });
  });
  return candidates.sort((a, b) => b.score - a.score);
}

interface Covering {
  readonly asked: readonly string[];
  readonly title: ReadonlySet<string>;
  readonly sentence: ReadonlySet<string>;
  /** Several papers may answer. */
  readonly oneOfMany: boolean;
}

/**
 * How much of the question the sentence speaks of, in [0, 1] by idf. Of one paper the words of its title are left out:
 * they only say which paper is meant, and would favour the sentence that introduces it over the one that answers. Among
 * several they say that it is about what is asked.
 */
function coverage({ asked, title, sentence, oneOfMany }: Covering, idf: (term: string) => number): number {
  let covered = 0;
  let all = 0;
  for (const term of asked) {
    const inTitle = title.has(term);
    if (inTitle && !oneOfMany) continue;
    const weight = idf(term);
    all += weight;
    if (sentence.has(term)) covered += weight;
    else if (inTitle) covered += IN_TITLE * weight;
  }
  return all === 0 ? 0 : covered / all;
}

/** Whether the text lists things of that kind: "operations such as A and B". */
function lists(text: string, kind: ReadonlySet<string>): boolean {
  if (kind.size === 0) return false;
  const tokens = tokensOf(text);
  return finds(tokens, "listing").some(({ first }) =>
    tokens
      .slice(Math.max(0, first - LISTED_WITHIN), first)
      .some((token) => terms(token.text).some((term) => kind.has(term))),
  );
}

/** The sentences of one paper in the order of its abstract. */
export function sentencesOf(ranked: readonly Candidate[], paperId: string): Candidate[] {
  return ranked.filter(({ paper }) => paper.id === paperId).sort((a, b) => a.at - b.at);
}
