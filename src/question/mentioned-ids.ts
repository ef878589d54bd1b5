/** arXiv ids and DOIs in a message: "arXiv 1608.03189", "doi:10.1000/x", their addresses. */
import { normalizeArxivId } from "../corpus/identity/normalize-arxiv-id.ts";
import { normalizeDoi } from "../corpus/identity/normalize-doi.ts";

export interface MentionedId {
  /** As `PaperCatalog.byKey` takes it. */
  readonly key: string;
  /** As it is called: "arXiv id 1608.03189". */
  readonly name: string;
  /** UTF-16 offsets, the word "arXiv" before it included. */
  readonly start: number;
  readonly end: number;
  /** An address, which may be no more than where something was read. */
  readonly isLink: boolean;
}

/** Ids read of one message. */
const MOST = 20;
const CHUNK = /(?:\b(?:arxiv|doi)\s?:?\s{1,2}(?:id\s{1,2})?)?[^\s<>()[\]{}"“”'‘’,;]{5,300}/giu;
const LEAD = /^(?:arxiv|doi)\s?:?\s{1,2}(?:id\s{1,2})?/iu;
/** YYMM.number: the month tells it from a figure. */
const NEW_ARXIV = /^\d\d(?:0[1-9]|1[0-2])\.\d{4,5}$/;

export function mentionedIds(message: string): MentionedId[] {
  return [...message.matchAll(CHUNK)].flatMap((match) => idIn(match) ?? []).slice(0, MOST);
}

function idIn({ 0: chunk, index }: RegExpExecArray): MentionedId | undefined {
  const said = chunk.replace(/[.:!?]+$/, "");
  const bare = said.replace(LEAD, "");
  const place = { start: index, end: index + said.length, isLink: /^https?:/i.test(bare) };
  const doi = normalizeDoi(bare);
  const arxivId = normalizeArxivId(bare);
  if (arxivId !== undefined && (NEW_ARXIV.test(arxivId) || arxivId.includes("/")))
    return { key: `arxiv:${arxivId.toLowerCase()}`, name: `arXiv id ${arxivId}`, ...place };
  return doi === undefined ? undefined : { key: `doi:${doi.toLowerCase()}`, name: `DOI ${doi}`, ...place };
}
