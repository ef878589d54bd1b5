import type { Calibration } from "../../../src/answer/abstain/evidence.ts";

const DIGITS = 3;

/**
 * The source of src/answer/abstain/answered.ts: the constants, and where they come from.
 * @param papers how many there were
 */
export function answeredSource(
  { answered, answeredFrom }: Pick<Calibration, "answered" | "answeredFrom">,
  papers: number,
  table: readonly string[],
): string {
  const today = new Date().toISOString().slice(0, 10);
  const lines = [
    'import type { Calibration } from "./evidence.ts";',
    "",
    "/**",
    ` * Fitted on ${today} by \`CALIBRATION_WRITE=1 npm run bench -- answered\` to written questions over ${papers} abstracts,`,
    " * each with its paper there and taken out, and to such as no abstract answers.",
    " * Of questions that it was not fitted to (ten folds by paper), with 95 % intervals:",
    " *",
    ...table.map((line) => ` * ${line}`),
    " *",
    " * The boundary is set by hand, from the curve in README.md.",
    " */",
    'export const ANSWERED: Pick<Calibration, "answered" | "answeredFrom"> = {',
    "  answered: {",
    ...Object.entries(answered).map(([name, value]) => `    ${name}: ${Number(value.toFixed(DIGITS))},`),
    "  },",
    `  answeredFrom: ${answeredFrom},`,
    "};",
    "",
  ];
  return lines.join("\n");
}
