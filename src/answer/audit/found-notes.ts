/** Notes for sentences that a model left without: each gets the source that carries it best, if one does. */
import { STRONG } from "../../claim/claim-support.ts";
import type { Support } from "../../claim/support-across-languages.ts";
import type { Citation, Paper } from "../../protocol.ts";
import { makeCitation } from "../citations.ts";
import { auditSentences } from "./answer-blocks.ts";
import { AuditedSentence } from "./audited-sentence.ts";

export interface Noted {
  readonly text: string;
  readonly citations: readonly Citation[];
}

interface Finding {
  readonly messageId: string;
  /** Sentences to look at, by where they begin; absent: all that state something. */
  readonly only?: readonly { readonly start: number }[];
  readonly support: Support;
  /** The papers that the model was shown, by their markers. */
  readonly papers: ReadonlyMap<number, Paper>;
  readonly signal?: AbortSignal | undefined;
}

interface FoundNotes extends Noted {
  /** Of the sentences without a note that state something: the share that has one now; 0 where there are none. */
  readonly share: number;
}

/** Sentences that are looked up: an answer has six, and each is held against every source. */
const MOST_SENTENCES = 40;
/** What ends a sentence, behind which no marker goes. */
const END = /[.!?。！？]*["”’»)*_]{0,4}$/;

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Every note that is added is marked as found: the model has not named its source. */
export async function withFoundNotes(
  { text, citations }: Noted,
  { messageId, only, support, papers, signal }: Finding,
): Promise<FoundNotes> {
  const open = auditSentences(text)
    .map((sentence) => new AuditedSentence(sentence))
    .filter(({ isFactual, isDenial, isQuestion }) => isFactual && !isDenial && !isQuestion)
    .map(({ sentence }) => sentence)
    .filter(({ start }) => only?.some((one) => one.start === start) ?? true)
    .filter(({ start, end }) => !citations.some(({ claim }) => claim.start < end && claim.end > start));
  const added: { citation: Citation; insertion: Insertion }[] = [];
  for (const sentence of open.slice(0, MOST_SENTENCES)) {
    const best = { marker: 0, support: STRONG, start: 0, end: 0 };
    for (const [marker, paper] of papers) {
      const found = await support.best(sentence.text, paper, signal);
      if (found.support < best.support || found.end <= found.start) continue;
      if (best.marker !== 0 && found.support === best.support) continue;
      Object.assign(best, { marker, ...found });
    }
    const paper = papers.get(best.marker);
    if (paper === undefined) continue;
    const claim = { start: sentence.start, end: sentence.start + sentence.text.replace(END, "").length };
    const citation = makeCitation(
      {
        id: `${messageId}-f${added.length + 1}`,
        marker: best.marker,
        support: "strong",
        field: "abstract",
        claim,
        quoted: { start: best.start, end: best.end },
      },
      paper,
    );
    added.push({
      citation: { ...citation, found: true },
      insertion: { at: claim.end, text: ` [${best.marker}]` },
    });
  }
  const insertions = added.map(({ insertion }) => insertion);
  const all = [...citations, ...added.map(({ citation }) => citation)];
  return {
    text: inserted(text, insertions),
    citations: all
      .sort((one, other) => one.claim.end - other.claim.end)
      .map((citation) => ({ ...citation, claim: shifted(citation.claim, insertions) })),
    share: open.length === 0 ? 0 : added.length / open.length,
  };
}

function inserted(text: string, insertions: readonly Insertion[]): string {
  let from = 0;
  let whole = "";
  for (const { at, text: more } of insertions) {
    whole += text.slice(from, at) + more;
    from = at;
  }
  return whole + text.slice(from);
}

/** A span that ends where something is inserted does not hold it. */
function shifted({ start, end }: Citation["claim"], insertions: readonly Insertion[]): Citation["claim"] {
  const by = (offset: number, isEnd: boolean): number =>
    insertions
      .filter(({ at }) => (isEnd ? at < offset : at <= offset))
      .reduce((sum, { text }) => sum + text.length, 0);
  return { start: start + by(start, false), end: end + by(end, true) };
}
