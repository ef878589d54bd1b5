/** The one decision whether the corpus answers a question, the same on every transport and for every answerer. */
import type { Confidence, Paper } from "../protocol.ts";
import { namedPapers } from "../retrieval/named-papers.ts";
import { terms } from "../retrieval/terms.ts";
import type { Calibration } from "./abstain/calibration.ts";
import { type Asked, aboutEvidence, statedEvidence } from "./abstain/evidence.ts";
import { FITTED } from "./abstain/fitted.ts";
import { logit } from "./abstain/logit.ts";
import { withoutInstructions } from "./abstain/without-instructions.ts";
import { questionKind } from "./question-kind.ts";

export interface Decision {
  /** `high`: it is answered. `tentative`: the nearest papers may bear on it. `none`: no paper is about it. */
  readonly confidence: Confidence;
  /** The paper that is asked about is found, and its abstract does not state what is asked. Then tentative. */
  readonly lacking: boolean;
}

export interface DecisionRequest extends Asked {
  /** Papers in the whole corpus. */
  readonly corpusSize: number;
  /** Orders to the machine stood around the question (without-instructions.ts). */
  readonly orders?: boolean;
  /** The asker chose one paper to ask about. */
  readonly onePaper?: boolean;
}

const NONE: Decision = { confidence: "none", lacking: false };
const TENTATIVE: Decision = { confidence: "tentative", lacking: false };
const HIGH: Decision = { confidence: "high", lacking: false };

/** Share of what is asked from which a sentence may state it in other words: then it is not said to be lacking. */
const HELD = 0.5;

/** @param calibration another one, to measure it */
export function decide(request: DecisionRequest, calibration: Calibration = FITTED): Decision {
  const { question, found, idf, corpusSize, onePaper = false } = request;
  if (found.length === 0 || terms(withoutInstructions(question)).length === 0) return NONE;
  const papers = found.map(({ paper }) => paper);
  const { papers: named, rest } = namedPapers(question, papers, (paper) => paper, { corpusSize, idf });
  const kind = questionKind(question, { titles: named.map(({ title }) => title), rest });
  if (kind === "small-talk") return NONE;
  const isNamed = onePaper || named.length > 0;
  const about = logit(aboutEvidence(request), calibration.about);
  // What is left of a message of orders is a question only if there is no doubt about it.
  const from = request.orders ? calibration.certainFrom : calibration.aboutFrom;
  if (!isNamed && about < from) return NONE;
  // Of a paper that is named there is always a summary, and of two a comparison.
  if ((kind === "summary" && isNamed) || (kind === "comparison" && named.length > 1)) return HIGH;
  if (kind === "survey" && !isNamed) return about >= calibration.certainFrom ? HIGH : TENTATIVE;
  const subject = (named[0] ?? papers[0]) as Paper;
  const evidence = statedEvidence(request, subject, rest);
  if (logit(evidence, calibration.stated) >= calibration.statedFrom) return HIGH;
  const isMissing = evidence.sentence < HELD || evidence.amount < HELD;
  return { confidence: "tentative", lacking: isNamed && kind === "fact" && isMissing };
}
