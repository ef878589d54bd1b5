/** What is to be known of a paper before it is relied on. */

export const RETRACTED = "retracted";
export const WITHDRAWN = "withdrawn";
/** Its text addresses a machine; it is quoted like any other, and is no instruction. */
export const INSTRUCTIONS = "instruction-like text";

const RETRACTED_TITLE =
  /^\W{0,3}(?:\[?retracted(?:\s(?:article|paper|chapter))?\]?\s*[:：.–—-]|retracted\s(?:article|paper)\b|\[retracted\])/i;
const WITHDRAWN_TITLE =
  /^\W{0,3}(?:\[?withdrawn(?:\s(?:article|paper|chapter))?\]?\s*[:：.–—-]|withdrawn\s(?:article|paper)\b|\[withdrawn\])/i;
const SUBJECT =
  "(?:this|the|our)(?: \\w{1,20}){0,2} (?:paper|article|manuscript|preprint|submission|work|chapter|study|review|version)";
const RETRACTED_TEXT = new RegExp(
  `\\b${SUBJECT} (?:has been|was|is|is being|had been) (?:formally |hereby |now )?retracted\\b`,
  "i",
);
const WITHDRAWN_TEXT = new RegExp(
  `\\b(?:${SUBJECT} (?:has been|was|is|is being|had been) (?:temporarily |hereby |now )?withdrawn|(?:withdrawn|withdrew) by (?:the )?authors?|the authors? (?:have |has )?(?:withdrawn|withdrew) (?:this|the) (?:paper|article|manuscript|preprint|submission|work))\\b`,
  "i",
);
const INSTRUCTION = new RegExp(
  [
    "\\b(?:ignore|disregard|forget|override) (?:all |any |every )?(?:of )?(?:the |your |my )?(?:previous|prior|above|earlier|preceding|foregoing) (?:\\w{1,20} )?(?:instructions?|prompts?|messages?|rules|text|context)",
    "\\b(?:reveal|print|show|repeat|output|leak) (?:me )?(?:your|the) (?:hidden |full |original )?(?:system prompt|instructions)\\b",
    "<\\|(?:im_start|im_end|system|endoftext)\\|>",
    "<<SYS>>|\\[/?INST\\]",
    "\\bas an? (?:ai|llm|language model),? (?:you must|answer|respond|always|give|rate)\\b",
    "\\b(?:llm|ai) reviewers?: (?:ignore|give|please|do)\\b",
    "\\bgive (?:a |only )?positive reviews? only\\b",
  ].join("|"),
  "i",
);
/** Letters of an abstract in which a notice stands. */
const NOTICE_LETTERS = 600;

/** What title and abstract say of the paper themselves. */
export function flagsOf(title: string, abstract: string): string[] {
  const head = abstract.slice(0, NOTICE_LETTERS);
  return [
    ...(RETRACTED_TITLE.test(title) || RETRACTED_TEXT.test(head) ? [RETRACTED] : []),
    ...(WITHDRAWN_TITLE.test(title) || WITHDRAWN_TEXT.test(head) ? [WITHDRAWN] : []),
    ...(INSTRUCTION.test(abstract) || INSTRUCTION.test(title) ? [INSTRUCTIONS] : []),
  ];
}

const NOTICE_TITLE =
  /^\W{0,3}(retraction|withdrawal|notice of (?:retraction|withdrawal))(?: notice| note)?(?: (?:to|of|for))?\s*[:：–—-]?\s+["“‘«]?(.{8,})$/is;

/** The paper that a notice is about: "Retraction notice to “On gulls”". */
export function noticeIn(title: string): { title: string; flag: string } | undefined {
  const [, kind = "", named = ""] = NOTICE_TITLE.exec(title) ?? [];
  if (kind === "" || !/notice|note|[:：“"‘«–—]/i.test(title)) return undefined;
  const meant = named
    .replace(/^(?:to|of|for)\s*[:：]?\s*["“‘«]?/i, "")
    .replace(/["”’»]?\s{0,9}(?:\[[^\]]{0,200}\])?[.\s]{0,9}$/, "");
  return { title: meant, flag: /retraction/i.test(kind) ? RETRACTED : WITHDRAWN };
}

/** Whether a paper is no ground to be certain of anything. */
export const isUnsound = (paper: { readonly flags?: readonly string[] | undefined }): boolean =>
  paper.flags?.some((flag) => flag === RETRACTED || flag === WITHDRAWN) === true;
