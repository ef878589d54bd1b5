/** The questions with known answers, each with what retrieval finds for it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { DecisionRequest } from "../../../src/answer/abstain/abstain.ts";
import type { Paper } from "../../../src/protocol.ts";
import { Question } from "../../../src/question/question.ts";
import { dependenceOf, resolveFollowUp } from "../../../src/question/reading/follow-up.ts";
import { withoutInstructions } from "../../../src/question/reading/message.ts";
import { HybridRetriever } from "../../../src/retrieval/hybrid.ts";
import { LexicalIndex } from "../../../src/retrieval/lexical.ts";
import { paperCollection } from "../collections.ts";
import { bundledEmbedder } from "../embedder.ts";
import { benchReadings } from "../readings.ts";

/** Question files in a folder, each over its papers. */
const SETS: readonly { name: string; file: string; papers: string }[] = [
  { name: "dev", file: "questions.jsonl", papers: "seeds" },
  { name: "own", file: "own-questions.jsonl", papers: "seeds" },
  { name: "arxiv", file: "arxiv-questions.jsonl", papers: "arxiv-papers.jsonl" },
];
/** Papers found for a question, as an answer has by default. */
const FOUND = 8;

/**
 * Kinds that are asked once more as if they were about some paper that was spoken of before, which is what the rule for
 * follow-ups makes of them at times: under its title they have words of the paper, and still are not answered by it.
 */
const STRAYING = new Set(["near", "other"]);

/** Kinds that are also asked of the other corpus, which hardly ever answers them: well-made questions, long ones too. */
const ABROAD = new Set(["semantic", "factual", "other"]);

interface Line {
  readonly question: QuestionLine;
  readonly kind: string;
  /** Place among those of its kind in its set. */
  readonly at: number;
}

interface QuestionLine {
  readonly id: string;
  readonly type: string;
  readonly subtype?: string;
  readonly question: string;
  readonly gold: readonly string[];
  readonly history?: readonly string[];
}

export interface CalibrationQuestion {
  readonly id: string;
  readonly set: string;
  /** The subtype of an unanswerable one, else the type. */
  readonly kind: string;
  /** Of its kind in its set: 0 for the even, 1 for the odd. */
  readonly half: number;
  readonly request: DecisionRequest;
}

/** @param folder with the files of SETS; those it lacks are left out */
export async function calibrationQuestions(folder: string): Promise<CalibrationQuestion[]> {
  const embedder = await bundledEmbedder();
  const corpora = new Map<string, Corpus>();
  const lists = SETS.filter(({ file }) => existsSync(path.join(folder, file))).map((set) => ({
    ...set,
    lines: readLines(path.join(folder, set.file)),
  }));
  for (const { papers } of lists) {
    if (corpora.has(papers)) continue;
    corpora.set(papers, await openCorpus(papers === "seeds" ? papers : path.join(folder, papers), embedder));
  }
  const asked: CalibrationQuestion[] = [];
  for (const { name, papers, lines } of lists) {
    for (const [where, corpus] of corpora) {
      const own = where === papers;
      for (const line of own ? lines : lines.filter(({ kind }) => ABROAD.has(kind)))
        asked.push(...(await askedOf(line, name, corpus, own)));
    }
  }
  return asked;
}

function readLines(file: string): Line[] {
  const seen = new Map<string, number>();
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((text) => {
      const question = JSON.parse(text) as QuestionLine;
      const kind = question.subtype ?? question.type;
      const at = seen.get(kind) ?? 0;
      seen.set(kind, at + 1);
      return { question, kind, at };
    });
}

/** @param own the question was written for this corpus */
async function askedOf(
  { question, kind, at }: Line,
  set: string,
  corpus: Corpus,
  own: boolean,
): Promise<CalibrationQuestion[]> {
  const { id } = question;
  const half = at % 2;
  const request = await requestFor(standAlone(question), corpus);
  if (!own) return [{ id: `${id} abroad`, set, kind: "abroad", half, request }];
  const orders = withoutInstructions(question.question) !== question.question;
  const asked = [
    { id, set, kind, half, request: { ...request, orders, inConversation: question.history !== undefined } },
  ];
  if (!STRAYING.has(kind)) return asked;
  const strayed = await requestFor(underTitle(question.question, corpus, at), corpus);
  return [...asked, { id: `${id} strayed`, set, kind: "strayed", half, request: strayed }];
}

interface Corpus {
  readonly retriever: HybridRetriever;
  readonly papers: ReadonlyMap<string, Paper>;
}

async function openCorpus(
  where: string,
  embedder: Awaited<ReturnType<typeof bundledEmbedder>>,
): Promise<Corpus> {
  const { catalog, vectors } = await paperCollection(where, embedder);
  const lexical = await LexicalIndex.build(catalog.all());
  return {
    retriever: new HybridRetriever(catalog, vectors, lexical, embedder, {
      readings: await benchReadings(catalog.all()),
    }),
    papers: new Map(catalog.all().map((paper) => [paper.id, paper])),
  };
}

/** A follow-up as the rule makes it stand alone when the answer before spoke of the right papers. */
function standAlone({ question, history, gold }: QuestionLine): string {
  const text = withoutInstructions(question) || question;
  if (history === undefined || dependenceOf(text) === "stands-alone") return text;
  return behind(
    text,
    gold.map((title) => ({ title })),
    history.at(-1),
  );
}

/** Of one paper no second one can be meant: here it is this one. */
function behind(question: string, papers: readonly { readonly title: string }[], earlier = ""): string {
  const [first] = papers;
  const alone = first === undefined ? question : `${question} (in “${first.title}”)`;
  return resolveFollowUp(question, [{ question: earlier, papers }]) ?? alone;
}

function underTitle(question: string, { papers }: Corpus, at: number): string {
  const spoken = [...papers.values()][(at * 37) % papers.size];
  return behind(question, spoken === undefined ? [] : [spoken]);
}

async function requestFor(asked: string, { retriever, papers }: Corpus): Promise<DecisionRequest> {
  const question = new Question(asked);
  const ranking = await retriever.retrieve({ question, limit: FOUND });
  const found = ranking.flatMap((ranked) => {
    const paper = papers.get(ranked.paperId);
    return paper === undefined ? [] : [{ ranked, paper }];
  });
  return { question, found, corpusSize: papers.size, idf: (term) => retriever.idf(term) };
}
