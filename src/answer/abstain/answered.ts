import type { Calibration } from "./calibration.ts";

/**
 * Fitted on 2026-11-28 by `CALIBRATION_WRITE=1 npm run bench -- answered` to written questions over 2731 abstracts,
 * each with its paper there and taken out, and to such as no abstract answers; to the facts not said it is not fitted.
 * Of questions that it was not fitted to (ten folds by paper), with 95 % intervals:
 *
 * everyday       n 256 high and right 0.32 (0.26–0.38), and wrong 0.04 (0.02–0.06)
 * chat           n 128 high and right 0.79 (0.72–0.86), and wrong 0.02 (0.00–0.05)
 * factual        n 256 high and right 0.90 (0.86–0.93), and wrong 0.01 (0.00–0.03)
 * everyday, out  n 256 high 0.06 (0.03–0.09)
 * chat, out      n 128 high 0.09 (0.04–0.14)
 * factual, out   n 256 high 0.07 (0.04–0.11)
 * unanswerable   n 377 high 0.10 (0.07–0.13)
 * near misses    n 512 high 0.10 (0.08–0.13)
 * facts not said n 377 high 0.46 (0.40–0.51)
 *
 * The boundary is set by hand, from the curve in README.md.
 */
export const ANSWERED: Pick<Calibration, "answered" | "answeredFrom"> = {
  answered: {
    read: 0.644,
    lead: 4.898,
    length: 1.64,
    sentence: 4.17,
    paper: -3.62,
    constant: -8.718,
  },
  answeredFrom: -0.5,
};
