import type { Calibration } from "../../../src/answer/abstain/evidence.ts";
import type { CalibrationQuestion } from "./calibration-set.ts";

const DIGITS = 3;

/** The source of src/answer/abstain/fitted.ts: the constants, and where they come from. */
export function calibrationSource(
  fitted: Calibration,
  questions: readonly CalibrationQuestion[],
  table: readonly string[],
): string {
  const sets = [...new Set(questions.map(({ set }) => set))];
  const written = questions.filter(({ kind }) => kind !== "strayed" && kind !== "abroad");
  const counts = sets.map((set) => `${set} ${written.filter((one) => one.set === set).length}`).join(", ");
  const rounded = (value: number) => Number(value.toFixed(DIGITS));
  const weights = (name: string, values: Readonly<Record<string, number>>) => [
    `  ${name}: {`,
    ...Object.entries(values).map(([feature, value]) => `    ${feature}: ${rounded(value)},`),
    "  },",
  ];
  const { about, stated, answered: _, answeredFrom: __, ...boundaries } = fitted;
  const lines = [
    'import { ANSWERED } from "./answered.ts";',
    'import type { Calibration } from "./evidence.ts";',
    "",
    "/**",
    ` * Fitted on ${new Date().toISOString().slice(0, 10)} by \`CALIBRATION_WRITE=1 npm run bench -- calibrate\` to the questions`,
    ` * ${counts}. Of questions that it was not fitted to (ten folds):`,
    " *",
    ...table.map((line) => ` * ${line.split(" | ")[0]}`),
    " */",
    "export const FITTED: Calibration = {",
    "  ...ANSWERED,",
    ...weights("about", about),
    ...weights("stated", stated),
    ...Object.entries(boundaries).map(([name, value]) => `  ${name}: ${rounded(value as number)},`),
    "};",
    "",
  ];
  return lines.join("\n");
}
