import type { Calibration } from "../../../src/answer/abstain/calibration.ts";
import type { CalibrationQuestion } from "./calibration-set.ts";

const DIGITS = 3;

/** The source of src/answer/abstain/fitted.ts: the constants, and where they come from. */
export function calibrationSource(
  fitted: Calibration,
  questions: readonly CalibrationQuestion[],
  table: readonly string[],
): string {
  const sets = [...new Set(questions.map(({ set }) => set))];
  const counts = sets.map((set) => `${set} ${questions.filter((one) => one.set === set).length}`).join(", ");
  const rounded = (weights: Readonly<Record<string, number>>) =>
    `{ ${Object.entries(weights)
      .map(([name, value]) => `${name}: ${Number(value.toFixed(DIGITS))}`)
      .join(", ")} }`;
  const { about, stated, ...boundaries } = fitted;
  const lines = [
    'import type { Calibration } from "./calibration.ts";',
    "",
    "/**",
    ` * Fitted on ${new Date().toISOString().slice(0, 10)} by \`CALIBRATION_WRITE=1 npm run bench -- calibrate\` to the questions`,
    ` * ${counts}. Of questions that it was not fitted to (ten folds):`,
    " *",
    ...table.map((line) => ` * ${line.split(" | ")[0]}`),
    " */",
    "export const FITTED: Calibration = {",
    `  about: ${rounded(about)},`,
    `  stated: ${rounded(stated)},`,
    ...Object.entries(boundaries).map(
      ([name, value]) => `  ${name}: ${Number((value as number).toFixed(DIGITS))},`,
    ),
    "};",
    "",
  ];
  return lines.join("\n");
}
