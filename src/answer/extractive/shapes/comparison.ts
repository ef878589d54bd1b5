/** Papers side by side, aspect by aspect, as a table. */

import { ROLES } from "../../../claim/rhetorical-role.ts";
import { escapeMarkdown } from "../../../util/strings.ts";
import { type Candidate, sentencesOf } from "../candidates.ts";
import type { Piece } from "../compose.ts";
import { type Quotation, Quoter } from "../quotation.ts";
import { bestOf, ROLE_LABELS } from "./summary.ts";

const NOTHING = "–";
/**
 * What a sentence must score beyond its paper's score to be on the question. Of 25 that were judged by eye, the 8 below
 * are beside it, as are 5 of the 17 above. One that holds none of the question's words scores .05 to .4.
 */
const ON_THE_QUESTION = 0.35;

/**
 * @param ranked best first
 * @param paperIds in the order of the columns
 * @param aspect whether something in particular is asked about: then the first row is on that
 */
export function comparison(
  ranked: readonly Candidate[],
  paperIds: readonly string[],
  aspect: boolean,
): Piece[] {
  const papers = paperIds.map((id) => sentencesOf(ranked, id));
  const quoter = new Quoter(true);
  const quote = (candidate: Candidate | undefined): Quotation | undefined => {
    const quotation = candidate && quoter.quote(candidate);
    return quotation && { ...quotation, inTable: true };
  };
  const asked = papers.map((own) => quote(aspect ? best(own) : undefined));
  const rows = ROLES.map((role) => ({
    label: ROLE_LABELS[role],
    cells: papers.map((own) => firstQuoted(bestOf(own, role), quote)),
  }));
  const all = [{ label: "On the question", cells: asked }, ...rows];
  const titles = papers.map((own) => `**${escapeMarkdown(own[0]?.paper.title ?? "")}**`);
  const head = `| | ${titles.join(" | ")} |\n|${" --- |".repeat(papers.length + 1)}`;
  return [
    head,
    ...all
      .filter(({ cells }) => cells.some((cell) => cell !== undefined))
      .flatMap(({ label, cells }) => [
        `\n| **${label}** | `,
        ...cells.flatMap((cell, at) => [cell ?? NOTHING, at === cells.length - 1 ? " |" : " | "]),
      ]),
  ];
}

/** A sentence that another row has quoted already makes room for the next of its role. */
function firstQuoted(
  candidates: readonly Candidate[],
  quote: (candidate: Candidate) => Quotation | undefined,
): Quotation | undefined {
  for (const candidate of candidates) {
    const quotation = quote(candidate);
    if (quotation !== undefined) return quotation;
  }
  return undefined;
}

function best(own: readonly Candidate[]): Candidate | undefined {
  const near = own.filter(({ score, source }) => score - source.score >= ON_THE_QUESTION);
  return near.reduce<Candidate | undefined>(
    (first, next) => (first === undefined || next.score > first.score ? next : first),
    undefined,
  );
}
