/** What a model was given, as it calls it; "most papers do not mention X" speaks of the literature. */
const SOURCES =
  "(?<!(?:existing|previous|prior|earlier|most|many|some|other) )(?:sources?|papers?|documents?|passages?|excerpts?|abstracts?|context|material|text|information (?:provided|given))";
/** Verbs, so that "the sources do not support this" is no denial: that is what a source may say of a claim. */
const SAY =
  "(?:say|state|mention|contain|provide|address|discuss|cover|specify|answer|include|describe|report|give|offer|explain|indicate|reveal|tell|detail|disclose)";
const SAID =
  "(?:said|stated|mentioned|contained|provided|addressed|discussed|covered|specified|answered|included|described|reported|given|explained|indicated|found|disclosed)";
const FIND = "(?:answer|find|determine|tell|say|conclude|establish)(?:ed|d)?";
const CANNOT = "(?:can(?:not|['’]t| not)|could(?: not|n['’]t)|unable to)";
/** Few words between two that belong together. Bounded, as every gap here, so that a long sentence costs no more. */
const FEW = "(?:[\\w,'’-]+ ){0,6}";

const anyCase = (pattern: string) => new RegExp(pattern, "i");

const DENIALS: readonly RegExp[] = [
  // "The provided sources do not specifically mention …"
  anyCase(`\\b${SOURCES}\\b[^.?!]{0,60}\\b(?:do|does|did)(?: not| never|n['’]t) ${FEW}${SAY}\\b`),
  // "None of the papers addresses …", "No source says …"
  anyCase(`\\b(?:none|neither) of (?:the|these|those|my|your)\\b[^.?!]{0,40} ${SAY}(?:e?s)?\\b`),
  anyCase(`\\bno (?:source|paper|document|passage|abstract)s?\\b[^.?!]{0,40} ${SAY}(?:e?s)?\\b`),
  // "This is not stated in any of the sources."
  anyCase(`(?: not| never|n['’]t) ${FEW}${SAID} (?:in|by|from|within) ${FEW}${SOURCES}\\b`),
  // "It cannot be answered from the sources." "From the sources I cannot tell …"
  anyCase(`\\b${CANNOT} ${FEW}${FIND}\\b[^.?!]{0,80}\\b${SOURCES}\\b`),
  anyCase(`\\b${SOURCES}\\b[^.?!]{0,40}\\b(?:i|we|one) (?:am |are )?${CANNOT} ${FEW}${FIND}\\b`),
  // "The sources contain no information on …"
  anyCase(
    `\\b${SOURCES}(?: (?:provided|given|above|cited|here))? (?:contain|provide|offer|give|ha(?:ve|s)|hold)s? (?:no|insufficient|little|not enough) `,
  ),
  // "There is no mention of …", "I have no information about …", "I don't know."
  /\b(?:there (?:is|are)|there's|i (?:have|found|find|see)) (?:no|not enough|insufficient) (?:information|mention|evidence|answer|details?|data)\b/i,
  /\bi (?:do not|don['’]t) (?:know|have (?:enough |any |the |sufficient )?(?:information|evidence))\b/i,
];

/** Whether a sentence says that the sources do not say what was asked: by the phrases in which English says so. */
export function saysNothing(sentence: string): boolean {
  return DENIALS.some((denial) => denial.test(sentence));
}
