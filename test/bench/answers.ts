/** Answer quality on the development questions: through the whole assistant, as a user would ask. */
import { AppError } from "../../src/errors.ts";
import type { Answer } from "../../src/protocol.ts";
import { randomId } from "../../src/util/random-id.ts";
import { type BenchAssistant, openAssistant } from "./assistant.ts";
import { hit, mean } from "./metrics.ts";
import { halves, type Question, readQuestions } from "./questions.ts";

interface Answered {
  readonly question: Question;
  readonly answer: Answer;
}

async function answerOne({ assistant }: BenchAssistant, question: Question): Promise<Answered> {
  let answer: Answer | undefined;
  for (const text of [...(question.history ?? []), question.question]) {
    const conversation = answer === undefined ? {} : { conversationId: answer.conversationId };
    for await (const event of assistant.ask({
      owner: "local",
      messageId: randomId(),
      question: text,
      ...conversation,
    })) {
      if (event.type === "done") answer = event.answer;
    }
  }
  if (answer === undefined) throw new AppError("internal", `question ${question.id} got no answer`);
  return { question, answer };
}

/** The text without its notes and marks, lower case: `must` strings are looked for in it. */
function plain(answer: Answer, sentences: number): string {
  return answer.citations
    .slice(0, sentences)
    .map(({ quote }) => quote)
    .join(" ")
    .toLowerCase();
}

const must =
  (sentences: number) =>
  ({ question, answer }: Answered) =>
    question.must?.every((text) => plain(answer, sentences).includes(text.toLowerCase())) ? 1 : 0;
const citesGold = ({ question, answer }: Answered) =>
  answer.citations.some(({ title }) => question.gold.includes(title)) ? 1 : 0;
const citationPrecision = ({ question, answer }: Answered) =>
  mean(
    answer.citations.map(({ title }) =>
      question.gold.includes(title) || question.partial?.includes(title) ? 1 : 0,
    ),
  );
const evidence = ({ question, answer }: Answered) =>
  mean(
    (question.evidence ?? []).map((text) =>
      answer.citations.some(({ quote }) => quote.includes(text) || text.includes(quote)) ? 1 : 0,
    ),
  );
const confidence =
  (level: Answer["confidence"]) =>
  ({ answer }: Answered) =>
    answer.confidence === level ? 1 : 0;
const rankedFirst =
  (cut: number) =>
  ({ question, answer }: Answered) =>
    hit(
      answer.sources.map(({ paper }) => paper.title),
      { gold: new Map(question.gold.map((title) => [title, 1])) },
      cut,
    );

const FIGURES: Record<string, Record<string, (answered: Answered) => number>> = {
  factual: {
    "must in ≤4 sentences": must(4),
    "must in ≤3": must(3),
    "must in the first": must(1),
    "evidence quoted": evidence,
    "citation precision": citationPrecision,
    high: confidence("high"),
    none: confidence("none"),
  },
  semantic: { "cites gold": citesGold, "evidence quoted": evidence, none: confidence("none") },
  multi: { "cites gold": citesGold, "citation precision": citationPrecision, none: confidence("none") },
  followup: {
    "gold in top 3": rankedFirst(3),
    "must in ≤4": must(4),
    none: confidence("none"),
  },
  summary: {
    "right paper first": rankedFirst(1),
    "citation precision": citationPrecision,
    none: confidence("none"),
  },
};

export async function benchAnswers(): Promise<void> {
  const bench = await openAssistant();
  const answered: Answered[] = [];
  for (const question of readQuestions()) answered.push(await answerOne(bench, question));
  await bench.close();

  const [even, odd] = halves(answered);
  const show = (values: number[]) => mean(values).toFixed(3);
  for (const [type, figures] of Object.entries(FIGURES)) {
    const of = (half: Answered[]) => half.filter(({ question }) => question.type === type);
    for (const [name, figure] of Object.entries(figures)) {
      const halvesOf = [even, odd].map((half) =>
        show(
          of(half)
            .filter((a) => !name.startsWith("must") || a.question.must)
            .map(figure),
        ),
      );
      const all = show(
        of(answered)
          .filter((a) => !name.startsWith("must") || a.question.must)
          .map(figure),
      );
      console.log(`${type.padEnd(12)} ${name.padEnd(24)} ${all}   halves ${halvesOf.join(" ")}`);
    }
  }
  const unanswerable = answered.filter(({ question }) => question.type === "unanswerable");
  for (const subtype of new Set(unanswerable.map(({ question }) => question.subtype))) {
    const own = unanswerable.filter(({ question }) => question.subtype === subtype);
    const share = (level: Answer["confidence"]) => `${level} ${show(own.map(confidence(level)))}`;
    console.log(
      `unanswerable ${String(subtype).padEnd(12)} n=${own.length} ${share("none")} ${share("tentative")} ${share("high")}`,
    );
  }
  const citations = answered.flatMap(({ answer }) => answer.citations);
  const verbatim = citations.filter((citation) => bench.quoteHolds(citation));
  console.log(`citations verbatim at their offsets: ${verbatim.length} of ${citations.length}`);
}
