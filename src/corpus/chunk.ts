import { type SentenceSpan, splitSentences } from "../text/sentences.ts";

/** Sentences in a passage, 1 or more; at the median of 147 characters a sentence, 3 fill about 100 tokens of the embedder. */
export const WINDOW_SENTENCES = 3;
/** Sentences from the head of a passage to the head of the next, 1 to WINDOW_SENTENCES; less than the window, so neighbours overlap. */
export const STRIDE_SENTENCES = 2;
/** Stands in the manifest: an index whose passages were cut otherwise is rebuilt. Raise the number with the sentence rules. */
export const CHUNKER_VERSION = `sentences-1:${WINDOW_SENTENCES}/${STRIDE_SENTENCES}`;

/**
 * Windows of whole sentences that together hold every sentence, in order, none within another. The last is moved back
 * to be full and ends with the text; a text of no more than one window gives one, a blank text none.
 * @throws RangeError unless 1 ≤ stride ≤ window
 */
export function chunk(text: string, options: { window?: number; stride?: number } = {}): SentenceSpan[] {
  const { window = WINDOW_SENTENCES, stride = STRIDE_SENTENCES } = options;
  if (!(stride >= 1 && stride <= window)) {
    throw new RangeError(`chunk: stride ${stride} must be from 1 to the window, ${window}`);
  }
  const sentences = splitSentences(text);
  const lastHead = Math.max(0, sentences.length - window);
  const chunks: SentenceSpan[] = [];
  for (let head = 0; head < lastHead + stride; head += stride) {
    const at = Math.min(head, lastHead);
    const first = sentences[at];
    const last = sentences[Math.min(at + window, sentences.length) - 1];
    if (first !== undefined && last !== undefined) {
      chunks.push({ start: first.start, end: last.end });
    }
  }
  return chunks;
}
