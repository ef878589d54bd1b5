/** The sentences of a paper as an answer chooses among them: with their vectors, and what each does there. */
import { type ReadPaper, type ReadSentence, readPaper } from "../corpus/read-paper.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import { begins, type Phrases, says, tokensOf } from "../question/language/phrases.ts";
import { type Opening, openingOf } from "./opening.ts";

interface PlacedSentence extends ReadSentence {
  /** What it does in the abstract, and how much speaks for that. */
  readonly role: Role;
  readonly roleWeight: number;
  /** Whether it can be read without the one before it. */
  readonly opening: Opening;
}

export interface PaperSentence extends PlacedSentence {
  readonly vector: Float32Array;
}

/** Sentences of a paper, the first: 50,000 letters of prose have some 350. All are scored again for each question. */
const MOST_SENTENCES = 400;

/**
 * For each paper its first sentences in order; a blank abstract has none. All that have no vectors yet are embedded in
 * one call of the model.
 * @throws DOMException AbortError when `signal` fires
 */
export async function paperSentences(
  papers: readonly Paper[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<(readonly PaperSentence[])[]> {
  const read = papers.map(readPaper);
  const unseen = read.filter(({ vectors }) => !vectors.has(embedder));
  const texts = unseen.map((paper) => paper.part(firstSentences).map(({ text }) => text));
  const made = await embedder.embed(texts.flat(), "passage", signal);
  let next = 0;
  for (const [at, paper] of unseen.entries()) {
    const count = texts[at]?.length ?? 0;
    paper.vectors.set(embedder, made.slice(next, next + count));
    next += count;
  }
  return read.map((paper) => {
    const vectors = paper.vectors.get(embedder) ?? [];
    return paper
      .part(firstSentences)
      .map((sentence, at) => ({ ...sentence, vector: vectors[at] ?? new Float32Array(embedder.dimension) }));
  });
}

function firstSentences({ sentences, titleTerms }: ReadPaper): PlacedSentence[] {
  const first = sentences.slice(0, MOST_SENTENCES);
  const roles = rolesOf(first.map(({ text }) => text));
  return first.map((sentence, at) => {
    const { role = "approach", weight: roleWeight = 0 } = roles[at] ?? {};
    return { ...sentence, role, roleWeight, opening: openingOf(sentence.text, titleTerms) };
  });
}

export type Role = "problem" | "approach" | "findings" | "limits" | "links";
/** What a sentence does in its abstract, by cue phrases and place: argumentative zoning (Teufel & Moens 2002). */
export const ROLES: readonly Role[] = ["problem", "approach", "findings", "limits", "links"];

/** Each with its weight in units of one plain cue; a place weighs up to 1. */
const CUES: readonly (readonly [Role, number, Phrases])[] = [
  ["links", 3, "links"],
  ["links", 2, "releases"],
  ["limits", 2.5, "discussed"],
  ["limits", 2, "open"],
  ["limits", 1.6, "caveat"],
  ["findings", 2, "weFind"],
  ["findings", 2, "evidence"],
  ["findings", 1.4, "better"],
  ["approach", 2.8, "weMake"],
  ["approach", 1.4, "made"],
  ["problem", 2, "butLacks"],
  ["problem", 1.4, "known"],
];
/** The same at the beginning of a sentence. */
const OPENINGS: readonly (readonly [Role, number, Phrases])[] = [
  ["findings", 1, "inSum"],
  ["approach", 1, "toThisEnd"],
];
/** "30%", "2.4x", "up to 3": a figure that was measured. */
const FIGURE = /\d(?:\.\d+)?\s*(?:\\?%|x\b|×|times\b|points?\b)|\bup to \d/iu;
const FIGURE_WEIGHT = 1.2;

/** How much an abstract's beginning speaks for background, its middle for approach and its end for findings. */
function placeWeight(role: Role, place: number): number {
  if (role === "problem") return 1.2 - 2.4 * place;
  if (role === "approach") return 0.5 - Math.abs(place - 0.4);
  if (role === "findings") return 1.6 * place - 0.7;
  return place - 1;
}

/** Once the authors have said what they do or find, with so much of a cue, background is over. */
const OWN_WORK_BEGUN = 1.5;
/** What a sentence then gains as a finding that goes on from the one before ("Moreover, …"). */
const GOING_ON = 1;

/** A sentence's likeliest role, and how much speaks for it: 0 is nothing, 2 one strong cue. */
interface RoleOfSentence {
  readonly role: Role;
  readonly weight: number;
}

/** For each sentence of an abstract, in order. */
export function rolesOf(sentences: readonly string[]): RoleOfSentence[] {
  let begun = false;
  return sentences.map((sentence, at) => {
    const place = sentences.length === 1 ? 0 : at / (sentences.length - 1);
    const scores = new Map(ROLES.map((role) => [role, placeWeight(role, place)]));
    const add = (role: Role, weight: number) => scores.set(role, (scores.get(role) ?? 0) + weight);
    const tokens = tokensOf(sentence);
    for (const [role, weight, cue] of CUES) if (says(tokens, cue)) add(role, weight);
    for (const [role, weight, cue] of OPENINGS) if (begins(tokens, cue) !== undefined) add(role, weight);
    if (FIGURE.test(sentence)) add("findings", FIGURE_WEIGHT);
    if (begun) add("problem", -OWN_WORK_BEGUN);
    if (begun && begins(tokens, "goingOn") !== undefined) add("findings", GOING_ON);
    const [role, weight] = [...scores].reduce((best, next) => (next[1] > best[1] ? next : best));
    begun ||= role !== "problem" && weight >= OWN_WORK_BEGUN;
    return { role, weight };
  });
}
