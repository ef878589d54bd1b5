import type { Paper } from "../../src/protocol.ts";

const COLUMNS: readonly (readonly [string, (paper: Paper) => string])[] = [
  ["title", ({ title }) => title],
  ["authors", ({ authors = [] }) => authors.join("; ")],
  ["year", ({ year }) => String(year ?? "")],
  ["venue", ({ venue = "" }) => venue],
  ["doi", ({ doi = "" }) => doi],
  ["arXiv", ({ arxivId = "" }) => arxivId],
  ["url", ({ url = "" }) => url],
  ["abstract", ({ abstract }) => abstract],
];

/** As a table with a line of heads (RFC 4180). */
export function papersCsv(papers: readonly Paper[]): string {
  const rows = [
    COLUMNS.map(([name]) => name),
    ...papers.map((paper) => COLUMNS.map(([, cell]) => cell(paper))),
  ];
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

/** A spreadsheet takes what begins with these for a formula, which a paper must not bring. */
const FORMULA_STARTS = new Set(["=", "+", "-", "@", "\t", "\r"]);

function cellOf(text: string): string {
  const safe = FORMULA_STARTS.has(text.charAt(0)) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
