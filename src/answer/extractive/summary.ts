/** Papers by what their sentences do: one in brief, or several side by side. */
import { ROLES, type Role } from "../../claim/paper-sentences.ts";
import type { Paper } from "../../protocol.ts";
import { calledIn } from "../../question/names/paper-names.ts";
import type { Question } from "../../question/question.ts";
import type { RequestedForm } from "../../question/reading/asked-for.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import { type Candidate, sentencesOf } from "./candidates.ts";
import { type Piece, type Quotation, Quoter, sentencesBefore } from "./quotation.ts";

const ROLE_LABELS: Readonly<Record<Role, string>> = {
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
function bestOf(own: readonly Candidate[], role: Role, form?: RequestedForm): Candidate[] {
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

// Papers side by side, aspect by aspect, as a table.

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
 * @param asked whose names for the papers stand at the head of their columns
 */
export function comparison(
  ranked: readonly Candidate[],
  paperIds: readonly string[],
  aspect: boolean,
  asked: Question,
): Piece[] {
  const papers = paperIds.map((id) => sentencesOf(ranked, id));
  const quoter = new Quoter(true);
  const quote = (candidate: Candidate | undefined): Quotation | undefined => {
    const quotation = candidate && quoter.quote(candidate);
    return quotation && { ...quotation, inTable: true };
  };
  const onQuestion = papers.map((own) => quote(aspect ? best(own) : undefined));
  const rows = ROLES.map((role) => ({
    label: ROLE_LABELS[role],
    cells: papers.map((own) => firstQuoted(bestOf(own, role), quote)),
  }));
  const all = [{ label: "On the question", cells: onQuestion }, ...rows];
  const titles = papers.map((own) => columnHead(own[0]?.paper, asked));
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

/** "**ALiBi** · Train Short, Test Long": as the question calls it, where its title does not begin so. */
function columnHead(paper: Paper | undefined, asked: Question): string {
  const { title = "" } = paper ?? {};
  const name = paper && calledIn(asked.words, paper);
  if (name === undefined || title.startsWith(name)) return `**${escapeMarkdown(title)}**`;
  return `**${escapeMarkdown(name)}** · ${escapeMarkdown(title)}`;
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
