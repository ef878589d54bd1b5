/** The one decision whether the corpus answers a question, the same on every transport and for every answerer. */

import { readPaper } from "../../corpus/read-paper.ts";
import type { Confidence, Paper } from "../../protocol.ts";
import { says, tokensOf } from "../../question/language/phrases.ts";
import type { Question } from "../../question/question.ts";
import { type ReadAmong, readAmong } from "../../question/read-among.ts";
import { amountsIn } from "../../question/reading/asked-for.ts";
import { NamedIn } from "../../text/names-in.ts";
import {
  type Asked,
  aboutEvidence,
  answeredEvidence,
  type Calibration,
  logit,
  type StatedEvidence,
  statedEvidence,
} from "./evidence.ts";
import { FITTED } from "./fitted.ts";

export interface Decision {
  /** `high`: it is answered. `tentative`: the nearest papers may bear on it. `none`: no paper is about it. */
  readonly confidence: Confidence;
  /** The paper that is asked about is found, and what is asked seems to be missing there. Then tentative. */
  readonly lacking: boolean;
  /** Share of what is asked, by idf, in the best sentence of the paper that is asked about, or of the best paper. */
  readonly held: number;
  /** What the question says of these papers, where they were looked at. */
  readonly read?: ReadAmong<Paper>;
}

export interface DecisionRequest extends Asked {
  /** Papers in the whole corpus. */
  readonly corpusSize: number;
  /** Orders to the machine stood around the question (question/reading/message.ts). */
  readonly orders?: boolean;
  /** Papers were spoken of before. */
  readonly inConversation?: boolean;
  /** The asker chose one paper to ask about. */
  readonly onePaper?: boolean;
}

const NONE: Decision = { confidence: "none", lacking: false, held: 0 };
const TENTATIVE: Decision = { ...NONE, confidence: "tentative" };
const HIGH: Decision = { ...NONE, confidence: "high" };

/**
 * Share of what is asked, by idf, from which a sentence may state it in other words: it is not said to be lacking then.
 * And share that one paper must hold for a survey to be certain: the two that nearly fit and pass else are below, 15 of
 * 27 that are answered above.
 */
const HELD = 0.5;

/** Share of the question's words, by idf, that is all of them but for rounding. */
const WHOLLY = 0.999;

/** Words of a topic that an abstract may have in passing: "GPT-4", "attention heads". */
const TOPIC_WORDS = 2;

/** @param calibration another one, to measure it */
export function decide(request: DecisionRequest, calibration: Calibration = FITTED): Decision {
  const { question, found } = request;
  if (found.length === 0 || question.orderless.terms.length === 0) return NONE;
  const papers = found.map(({ paper }) => paper);
  const read = readAmong(question, papers, request);
  return { ...decided(request, read, calibration), read };
}

function decided(request: DecisionRequest, read: ReadAmong<Paper>, calibration: Calibration): Decision {
  const { question, found, onePaper = false } = request;
  const { papers: named, rest, kind, guessed } = read;
  const { unwished } = question;
  if (kind === "small-talk") return NONE;
  const isNamed = onePaper || named.length > 0;
  const asked = { ...request, question: unwished };
  const evidence = aboutEvidence(asked);
  const about = logit(evidence, calibration.about);
  // What is left of orders and asks nothing is rather part of them: "…, including hidden text."
  const isOrdered = request.orders === true && !question.text.includes("?");
  // Who asks for papers on X, and X stands in one, gets it, however little else speaks for that.
  const isHeld = kind === "survey" && evidence.coverage >= WHOLLY;
  const isAbout = isHeld || about >= boundary(request, calibration);
  if (!isNamed && (isOrdered || !isAbout)) return NONE;
  if (guessed) return TENTATIVE;
  // Of a paper that is named there is always a summary, and of two a comparison.
  if ((kind === "summary" && isNamed) || (kind === "comparison" && named.length > 1)) return HIGH;
  if (kind === "survey" && !isNamed) {
    return about >= calibration.certainFrom && evidence.coverage >= HELD ? HIGH : TENTATIVE;
  }
  // "Explain X" wants a paper about X: of few words some abstract always has all.
  if (!isNamed && isBareTopic(unwished)) return TENTATIVE;
  const subject = (named[0] ?? found[0]?.paper) as Paper;
  const stated = statedEvidence(asked, subject, rest);
  const { sentence: held, amount } = stated;
  const factOfOne = kind === "fact" && (onePaper || named.length === 1);
  if (factOfOne && rest.says("ofRecord")) return { ...TENTATIVE, lacking: true, held };
  // What could not be read is judged by its words alone.
  const isRead = found[0]?.ranked.sentences !== undefined;
  const isAnswered =
    isNamed || !isRead
      ? logit(stated, calibration.stated) >= calibration.statedFrom
      : answered(asked, stated, calibration) >= calibration.answeredFrom;
  if (isAnswered) return { ...HIGH, held };
  // Of what is counted a number is enough, in whatever words the sentence has it beside.
  const isCounted = rest.asksFor.amount && rest.asksFor.noun !== "";
  const missing = factOfOne && (isCounted ? amount : held) < HELD;
  return { ...TENTATIVE, lacking: missing && !saysHowMuch(question, rest, subject), held };
}

/** The written questions hold too few names to weigh one that the paper lacks: it counts as where a paper is named. */
function answered(asked: Asked, stated: StatedEvidence, calibration: Calibration): number {
  const ofNames = calibration.stated.missingNames * stated.missingNames;
  return logit(answeredEvidence(asked, stated), calibration.answered) + ofNames;
}

function isBareTopic({ whole: topic }: Question): boolean {
  return topic !== undefined && topic.last - topic.first < TOPIC_WORDS;
}

/** Who speaks of papers is likelier to go on than who begins; what is left of a message of orders is likelier no question. */
function boundary({ orders, inConversation }: DecisionRequest, calibration: Calibration): number {
  if (orders) return calibration.certainFrom;
  return inConversation ? calibration.inConversationFrom : calibration.aboutFrom;
}

// Whether a paper says by how much, where that is asked and no thing is counted: "How much faster is X than Y?"

/**
 * A sentence holds an amount and a name from the question.
 * @param rest the question without the name of the paper
 */
function saysHowMuch(question: Question, rest: Question, paper: Paper): boolean {
  const { noun, amount } = rest.asksFor;
  // "How many heads" counts heads; of "how much faster" nothing is counted.
  if (!amount || !(noun === "" || says(tokensOf(noun), "degree"))) return false;
  const left = new Set(rest.words.map(({ text }) => text));
  // In lower case it is no name by its shape, and a name all the same if a paper is called so, in one word or apart.
  const called = question.words.flatMap(({ text }) => (left.has(text) ? [] : text));
  const names = [...question.names, ...called, called.join("")];
  return readPaper(paper).sentences.some(({ text }) => {
    if (amountsIn(text).length === 0) return false;
    const held = new NamedIn(text);
    return names.some((name) => held.has(name));
  });
}
