/** What denies a verb. "Without" and "no" are not among them: abstracts boast with them, and paraphrases leave them out. */
const NEGATION =
  /\b(?:not|never|neither|nor|cannot|hardly|unable|fail(?:s|ed|ing)?|(?:do|does|did|is|are|was|were|has|have|ca|could|wo|would|should)n['’]t)\b/iu;
/** "not only … but also" affirms. */
const AFFIRMING = /\bnot (?:only|just|merely|necessarily)\b/giu;

/** What a source may say instead: "without retraining" carries "needs no retraining". */
const ABSENCE = /\b(?:no|none|without|lack\w*|absence|devoid|free|instead)\b/iu;

/** Whether a text denies a verb. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text.replace(AFFIRMING, ""));
}

/** Whether a source can carry a denial: it denies something itself, or speaks of what is not there. */
export function carriesDenial(text: string): boolean {
  return isNegated(text) || ABSENCE.test(text);
}
