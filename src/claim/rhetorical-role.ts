/** What a sentence does in its abstract, by cue phrases and place: argumentative zoning (Teufel & Moens 2002). */
import { begins, type Phrases, says, tokensOf } from "../question/phrases.ts";

export type Role = "problem" | "approach" | "findings" | "limits" | "links";
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
export interface RoleOfSentence {
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
