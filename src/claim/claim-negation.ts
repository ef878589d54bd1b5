import { terms } from "../text/terms.ts";

/** What denies a verb. "Without" and "no" are not among them: abstracts boast with them, and paraphrases leave them out. */
const NEGATION =
  /\b(?:not|never|neither|nor|cannot|hardly|unable|fail(?:s|ed|ing)?|(?:do|does|did|is|are|was|were|has|have|ca|could|wo|would|should)n['’]t)\b/iu;
/** "not only … but also" affirms. */
const AFFIRMING = /\bnot (?:only|just|merely|necessarily)\b/giu;

/** What a source may say instead: "without retraining" carries "is not retrained". */
const ABSENCE = /\b(?:no|none|without|lack\w*|absence|devoid|instead|free (?:of|from))\b/iu;
/** "MLP-free". */
const FREE = /(?<![\p{L}\p{N}-])([\p{L}\p{N}][\p{L}\p{N}-]*)-free\b/giu;
/** Ends a clause; no decimal point. Looked for from the first of several signs alone. */
const CLAUSE_END = /(?<![.,;:!?()])[.,;:!?()]+(?:\s|$)|\s\(/u;

/** What a text denies and of what it says that it is not there, as stemmed terms. */
export interface Denials {
  /** Behind a negation, up to the end of its clause; of all the clause where nothing stands there. */
  readonly denied: ReadonlySet<string>;
  /** Of the whole text, where it holds a negation: what it denies may stand in another clause. */
  readonly around: ReadonlySet<string>;
  /** "without", "no", "-free". */
  readonly absent: ReadonlySet<string>;
}

/** Whether a text denies a verb. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text.replace(AFFIRMING, ""));
}

export function denialsOf(text: string): Denials {
  const denied = new Set<string>();
  const absent = new Set<string>();
  const add = (to: Set<string>, words: string): void => {
    for (const term of terms(words)) to.add(term);
  };
  for (const [, word = ""] of text.matchAll(FREE)) add(absent, word);
  for (const clause of text.replace(AFFIRMING, "").split(CLAUSE_END)) {
    const behind = rest(clause, NEGATION);
    if (behind !== undefined) add(denied, terms(behind).length === 0 ? clause : behind);
    add(absent, rest(clause, ABSENCE) ?? "");
  }
  return { denied, around: new Set(isNegated(text) ? terms(text) : []), absent };
}

/**
 * Whether a source can carry what a claim denies: it denies, or says to be absent, something that the claim denies. An
 * absence that the claim speaks of too is what it denies: "is not MLP-free".
 */
export function carriesDenial(source: Denials, claim: Denials): boolean {
  return [...claim.denied].some(
    (term) => source.around.has(term) || (source.absent.has(term) && !claim.absent.has(term)),
  );
}

/** What stands behind the first match. */
function rest(clause: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(clause);
  return match === null ? undefined : clause.slice(match.index + match[0].length);
}
