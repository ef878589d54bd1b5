/** How well ClaimSupport tells what an abstract says from what it does not: the figures behind STRONG and WEAK. */
import { clausesOf } from "../../src/answer/audit/answer-blocks.ts";
import { ClaimSupport, STRONG, WEAK } from "../../src/claim/claim-support.ts";
import { halves } from "../../src/eval/groups.ts";
import type { Paper } from "../../src/protocol.ts";
import { Question } from "../../src/question/question.ts";
import { HybridRetriever } from "../../src/retrieval/hybrid.ts";
import { LexicalIndex } from "../../src/retrieval/lexical.ts";
import { namesIn } from "../../src/text/names-in.ts";
import { mean, percentile } from "../../src/util/statistics.ts";
import { seedCollection } from "./collections.ts";
import { bundledEmbedder } from "./embedder.ts";
import { developmentQuestions } from "./questions.ts";

interface Claim {
  readonly text: string;
  readonly gold: Paper;
  /** The paper that retrieval finds first for the claim, after the right ones. */
  readonly nearest: Paper;
  readonly random: Paper;
}

interface Pair {
  readonly text: string;
  readonly paper: Paper;
}

/** Each makes of a claim what the paper does not say, or nothing where it cannot. */
const KINDS: Record<string, (claim: Claim, other: Claim) => Pair | undefined> = {
  "said, in other words": ({ text, gold }) => ({ text, paper: gold }),
  "of a random paper": ({ text, random }) => ({ text, paper: random }),
  "of the nearest paper": ({ text, nearest }) => ({ text, paper: nearest }),
  "a number changed": ({ text, gold }) =>
    changed(
      text,
      text.replace(/\d+/g, (number) => String(Number(number) + 3)),
      gold,
    ),
  "a name swapped": ({ text, gold }, other) => {
    const [name] = namesIn(text).filter(isShaped);
    const [swapped] = namesIn(other.text).filter((one) => isShaped(one) && !gold.abstract.includes(one));
    return name === undefined || swapped === undefined
      ? undefined
      : changed(text, text.replaceAll(name, swapped), gold);
  },
  "a negation added": ({ text, gold }) =>
    /\bnot\b|n't|fail/.test(text)
      ? undefined
      : changed(text, text.replace(/\b(?:is|are|can|does|do|has|have|will)\b/, "$& not"), gold),
  "another claim under its name": ({ gold }, other) => {
    const name = /^(\S+): /.exec(gold.title)?.[1];
    return name === undefined ? undefined : { text: `${name}: ${other.text}`, paper: gold };
  },
};

/** "DiffCSE", not "Pointer": a word with one capital is a name in its title alone. */
const isShaped = (name: string) => /\p{L}.*[\p{Lu}\d]/u.test(name);

function changed(before: string, text: string, paper: Paper): Pair | undefined {
  return text === before ? undefined : { text, paper };
}

export async function benchSupport(): Promise<void> {
  const embedder = await bundledEmbedder();
  const { catalog, vectors } = await seedCollection(embedder);
  const papers = catalog.all();
  const lexical = await LexicalIndex.build(papers);
  const support = new ClaimSupport(embedder, (term) => lexical.idf(term));
  const retriever = new HybridRetriever(catalog, vectors, lexical, embedder);
  const claims: Claim[] = [];
  for (const { type, question, answer, gold: titles, partial = [] } of developmentQuestions()) {
    const gold = papers.find(({ title }) => title === titles[0]);
    if (answer === undefined || gold === undefined || type === "multi") continue;
    // A factual answer is a fragment: a model answers in a sentence that takes up the question.
    const text = type === "factual" ? `${question.replace(/^\w+ |\?$/g, "")}: ${answer}` : answer;
    const right = new Set([...titles, ...partial]);
    const found = await retriever.retrieve({ question: new Question(text), limit: 5 });
    const others = found.map(({ paperId }) => papers.find(({ id }) => id === paperId));
    const nearest = others.find((paper) => paper !== undefined && !right.has(paper.title));
    const random = papers.filter(({ title }) => !right.has(title))[
      (claims.length * 37) % (papers.length - 10)
    ];
    if (nearest !== undefined && random !== undefined) claims.push({ text, gold, nearest, random });
  }
  console.log(`STRONG ${STRONG}, WEAK ${WEAK}; shares of claims in each half`);
  for (const [kind, make] of Object.entries(KINDS)) {
    const figures = await Promise.all(halves(claims).map((half) => judge(half, make, support)));
    console.log(`${kind.padEnd(30)} ${figures.join(" | ")}`);
  }
  const judged = await judgeClauses(papers, retriever, support);
  for (const kind of ["said", "nearest"] as const) {
    const shares = halves(judged).map((half) => mean(half.map((shares) => shares[kind])).toFixed(3));
    console.log(
      `${`clauses, ${kind === "said" ? "of its papers" : "of as many others"}`.padEnd(30)} carried ${shares.join(" | ")}`,
    );
  }
}

/** Answers over several papers: the share of their clauses that one of the papers carries. */
async function judgeClauses(
  papers: readonly Paper[],
  retriever: HybridRetriever,
  support: ClaimSupport,
): Promise<{ said: number; nearest: number }[]> {
  const judged: { said: number; nearest: number }[] = [];
  for (const { type, answer, gold, partial = [] } of developmentQuestions()) {
    if (type !== "multi" || answer === undefined) continue;
    const right = papers.filter(({ title }) => gold.includes(title) || partial.includes(title));
    const found = await retriever.retrieve({ question: new Question(answer), limit: 40 });
    const others = found.flatMap(({ paperId }) => papers.filter(({ id }) => id === paperId));
    const nearest = others.filter((paper) => !right.includes(paper)).slice(0, right.length);
    const clauses = clausesOf({ start: 0, end: answer.length, text: answer });
    const share = async (by: readonly Paper[]) => {
      const best = clauses.map(async ({ text }) =>
        Math.max(
          ...(await Promise.all(by.map((paper) => support.best(text, paper)))).map((one) => one.support),
        ),
      );
      return mean((await Promise.all(best)).map((value) => (value >= WEAK ? 1 : 0)));
    };
    judged.push({ said: await share(right), nearest: await share(nearest) });
  }
  return judged;
}

async function judge(
  claims: readonly Claim[],
  make: (claim: Claim, other: Claim) => Pair | undefined,
  support: ClaimSupport,
): Promise<string> {
  const values: number[] = [];
  for (const [at, claim] of claims.entries()) {
    const other = claims[(at + 7) % claims.length] ?? claim;
    const pair = make(claim, other);
    if (pair !== undefined) values.push((await support.best(pair.text, pair.paper)).support);
  }
  const share = (from: number) => (values.filter((value) => value >= from).length / values.length).toFixed(3);
  const at = [0.02, 0.05, 0.5, 0.95, 0.98].map((part) => percentile(values, part).toFixed(2)).join(" ");
  return `n ${String(values.length).padStart(3)} strong ${share(STRONG)} carried ${share(WEAK)} (2/5/50/95/98 %: ${at})`;
}
