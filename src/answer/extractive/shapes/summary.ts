/** A paper in brief: its own sentences by what they do in its abstract. */

import { ROLES, type Role } from "../../../claim/rhetorical-role.ts";
import type { RequestedForm } from "../../../question/requested-form.ts";
import { escapeMarkdown } from "../../../util/strings.ts";
import type { Candidate } from "../candidates.ts";
import type { Piece } from "../compose.ts";
import { Quoter, sentencesBefore } from "../quotation.ts";

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  problem: "Problem",
  approach: "Approach",
  findings: "Findings",
  limits: "Limits",
  links: "Links",
};
/** Sentences for each role. */
const SENTENCES: Readonly<Record<Role, number>> = {
  problem: 1,
  approach: 2,
  findings: 2,
  limits: 1,
  links: 1,
};
/** What is said first where few sentences are wished for. */
const PRIORITY: readonly Role[] = [
  "approach",
  "findings",
  "problem",
  "findings",
  "approach",
  "limits",
  "links",
];
/** What a sentence loses, in units of a role's weight: for needing the one before it, and for its place among its like. */
const NOT_ALONE = 1;
const LATER = 0.3;
/** "This paper addresses this question.": so few words say nothing yet. */
const FEW_WORDS = 9;
const SAYS_LITTLE = 2;
/** For readers new to the field: for each number, name in capitals or bracket in it, and for each word past twenty. */
const TECHNICAL = 0.3;
const LONG_WORDS = 20;
const WORD = 0.05;

/** @param own the paper's sentences, in order */
export function summary(own: readonly Candidate[], form: RequestedForm): Piece[] {
  const title = `**${escapeMarkdown(own[0]?.paper.title ?? "")}**\n\n`;
  const quoter = new Quoter();
  const quote = (candidate: Candidate): Piece[] => {
    const quotation = quoter.quote(candidate);
    return quotation === undefined ? [] : [quotation];
  };
  if (form.count !== undefined || form.bullets) {
    const chosen = foremost(own, form).flatMap(quote);
    const pieces = chosen.flatMap((piece, at) =>
      form.bullets ? [`${at === 0 ? "" : "\n"}- `, piece] : at === 0 ? [piece] : [" ", piece],
    );
    return [title, ...pieces];
  }
  const parts = ROLES.flatMap((role) => {
    const sentences = bestOf(own, role, form).slice(0, form.plain ? 1 : SENTENCES[role]);
    const quoted = inOrder(sentences).flatMap(quote);
    return quoted.length === 0 ? [] : [{ role, quoted }];
  });
  return [
    title,
    ...parts.flatMap(({ role, quoted }, at) => [
      `${at === 0 ? "" : "\n"}- **${ROLE_LABELS[role]}:**`,
      ...quoted.flatMap((piece) => [" ", piece]),
    ]),
  ];
}

/** Bullets without a number. */
const BULLETS = 4;

function foremost(own: readonly Candidate[], form: RequestedForm): Candidate[] {
  const left = new Map(ROLES.map((role) => [role, bestOf(own, role, form)]));
  const rest = [...own].sort((a, b) => worth(b, form) - worth(a, form));
  const chosen = new Set<Candidate>();
  const wanted = Math.min(form.count ?? BULLETS, own.length);
  for (const role of PRIORITY) {
    const next = left.get(role)?.shift();
    if (next !== undefined && chosen.size < wanted) chosen.add(next);
  }
  for (const next of rest) if (chosen.size < wanted) chosen.add(next);
  return inOrder([...chosen]);
}

/** The sentences of a role, the most telling first. */
export function bestOf(own: readonly Candidate[], role: Role, form?: RequestedForm): Candidate[] {
  const like = own.filter((candidate) => candidate.role === role);
  const worths = new Map(like.map((candidate, at) => [candidate, worth(candidate, form) - LATER * at]));
  return like.sort((a, b) => (worths.get(b) ?? 0) - (worths.get(a) ?? 0));
}

function worth(candidate: Candidate, form?: RequestedForm): number {
  const words = candidate.paper.abstract.slice(candidate.start, candidate.end).split(/\s+/);
  const readable =
    candidate.roleWeight -
    (sentencesBefore(candidate) > 0 ? NOT_ALONE : 0) -
    (words.length < FEW_WORDS ? SAYS_LITTLE : 0);
  if (!form?.plain) return readable;
  const technical = words.filter((word) => /\d|[(]|\p{L}\p{Lu}/u.test(word)).length;
  return readable - TECHNICAL * technical - WORD * Math.max(0, words.length - LONG_WORDS);
}

function inOrder(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => a.at - b.at);
}
