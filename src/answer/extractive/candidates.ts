/** Every sentence of the sources, scored by how likely it states what the question asks. */
import { type PaperSentence, paperSentences, type Role } from "../../claim/paper-sentences.ts";
import { readPaper } from "../../corpus/read-paper.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import type { Paper, Source } from "../../protocol.ts";
import { finds, tokensOf } from "../../question/language/phrases.ts";
import type { Question } from "../../question/question.ts";
import { amountsIn } from "../../question/reading/asked-for.ts";
import { embedQuestion } from "../../retrieval/embed-question.ts";
import { terms } from "../../text/terms.ts";
import { dot } from "../../util/vectors.ts";
import type { AnswerRequest } from "../answerer.ts";

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

// Questions for the meaning of a word, and the sentences that give it.

/** "Retrieval-augmented generation (RAG)" */
const IN_SHORT = /\s\(\p{Lu}[\p{L}-]{1,9}\)/gu;
/** Words next to the cue that hold the word: an adjective, "the so-called". */
const MORE_WORDS = 2;
/** UTF-16 code units in which these words are looked for. */
const REACH = 120;

/** Stemmed terms of the word whose meaning is asked for; none where something else is asked. */
export function definedTerm({ text, tokens }: Question): ReadonlySet<string> {
  const [found] = finds(tokens, "definition");
  const word = found === undefined ? [] : tokens.slice(found.first, found.end);
  // "What is X, and how …" asks for more.
  if (word.slice(0, -1).some(({ isEnd }) => isEnd)) return new Set();
  return new Set(terms(text.slice(word[0]?.start ?? text.length, word.at(-1)?.end)));
}

/** Whether the text says what the word means: "we call them X", "X is a …", "X (XYZ)". */
export function defines(text: string, word: ReadonlySet<string>): boolean {
  if (word.size === 0) return false;
  const holds = (words: readonly string[]) => {
    const near = new Set(terms(words.join(" ")));
    return [...word].every((term) => near.has(term));
  };
  const tokens = tokensOf(text);
  const most = word.size + MORE_WORDS;
  const behind = (at: number) => wordsOf(text.slice(at, at + REACH)).slice(0, most);
  const before = (at: number) => wordsOf(text.slice(Math.max(0, at - REACH), at)).slice(-most);
  return (
    finds(tokens, "namesNext").some(({ end }) => holds(behind(tokens[end - 1]?.end ?? 0))) ||
    finds(tokens, "namedBefore").some(({ first }) => holds(before(tokens[first]?.start ?? 0))) ||
    [...text.matchAll(IN_SHORT)].some(({ index }) => holds(before(index)))
  );
}

function wordsOf(text: string): string[] {
  return text.split(/[\s-]+/).filter((word) => word !== "");
}

// Questions that ask how or why: which sentences explain.

/**
 * How a thing is done stands in what was made; why, in the problem as often as elsewhere. Of 14 questions how a paper's
 * method does something, 4 began with the mechanism without this, 12 with .5 and CERTAIN_ROLE; with .3, findings filled up
 * "how does it work?" behind it. The questions of test/eval begin alike from 0 to .8. For "why", .2 undoes what a problem
 * loses else; .4 would put two of eight wrong.
 */
const HOW_PRIOR: RolePrior = { approach: 0.5 };
const WHY_PRIOR: RolePrior = { problem: 0.2 };
/** What a sentence gains by its role; nothing where the question asks neither how nor why. */
function explainingRoles(question: Question): RolePrior {
  if (question.says("why")) return WHY_PRIOR;
  return question.says("how") && !question.says("amount") ? HOW_PRIOR : {};
}
