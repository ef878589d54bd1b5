import type { AboutEvidence, AnsweredEvidence, StatedEvidence } from "./evidence.ts";
import type { Weights } from "./logit.ts";

/** What was fitted to questions whose answers are known. */
export interface Calibration {
  readonly about: Weights<AboutEvidence>;
  readonly stated: Weights<StatedEvidence>;
  readonly answered: Weights<AnsweredEvidence>;
  /** Logit of `about` below which no paper is about the question. */
  readonly aboutFrom: number;
  /** The same where papers were spoken of before; not above `aboutFrom`. */
  readonly inTalkFrom: number;
  /** Logit of `about` from which there is no doubt that papers are about it. */
  readonly certainFrom: number;
  /** Logit of `stated` from which a paper states the answer. */
  readonly statedFrom: number;
  /** Logit of `answered` from which the first paper answers. */
  readonly answeredFrom: number;
}
