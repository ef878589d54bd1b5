/** Papers → vectors: what the previous generation holds of a paper is used again, the rest is embedded. */
import { chunk } from "../corpus/chunk.ts";
import type { StoredPaper } from "../corpus/paper.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import type { Generation } from "../store/index-store.ts";
import type { VectorItem } from "../store/vector-store.ts";

/** Papers a batch: progress is told, and an abort heard, after each. */
const BATCH_PAPERS = 64;

export interface EmbeddedCorpus {
  readonly items: VectorItem[];
  /** `vectors[i]` belongs to `items[i]`. */
  readonly vectors: Float32Array[];
  /** Papers that were embedded; the vectors of the others were there already. */
  readonly embedded: number;
}

/**
 * @param previous a generation of the same embedder and chunker, or undefined to embed everything
 * @throws DOMException AbortError
 */
export async function embedCorpus(
  papers: readonly StoredPaper[],
  previous: Generation | undefined,
  embedder: Embedder,
  options: { signal?: AbortSignal | undefined; onProgress?: (done: number) => void } = {},
): Promise<EmbeddedCorpus> {
  const kept = vectorsByPaper(previous);
  const items: VectorItem[] = [];
  const vectors: Float32Array[] = [];
  let embedded = 0;
  for (let at = 0; at < papers.length; at += BATCH_PAPERS) {
    options.signal?.throwIfAborted();
    const batch = papers
      .slice(at, at + BATCH_PAPERS)
      .map(({ paper }) => ({ paper, known: kept.get(keyOf(paper)) }));
    const fresh = batch
      .filter(({ known }) => known === undefined)
      .map(({ paper }) => ({ paper, items: itemsOf(paper) }));
    const texts = fresh.flatMap(({ paper, items }) => items.map((item) => textOf(paper, item)));
    const made = await embedder.embed(texts, "passage", options.signal);
    let next = 0;
    for (const { paper, known } of batch) {
      const own = known?.items ?? itemsOf(paper);
      items.push(...own);
      vectors.push(...(known?.vectors ?? made.slice(next, next + own.length)));
      if (known === undefined) next += own.length;
    }
    embedded += fresh.length;
    options.onProgress?.(Math.min(papers.length, at + BATCH_PAPERS));
  }
  return { items, vectors, embedded };
}

/** The whole paper, then its passages. */
function itemsOf(paper: Paper): VectorItem[] {
  const whole: VectorItem = {
    paperId: paper.id,
    kind: "paper",
    field: "abstract",
    start: 0,
    end: paper.abstract.length,
  };
  const passages = chunk(paper.abstract).map(
    ({ field, start, end }): VectorItem => ({ paperId: paper.id, kind: "passage", field, start, end }),
  );
  return [whole, ...passages];
}

function textOf(paper: Paper, item: VectorItem): string {
  return item.kind === "paper"
    ? `${paper.title} ${paper.abstract}`
    : paper.abstract.slice(item.start, item.end);
}

/** The text decides: a paper whose id or file changed, but not its words, keeps its vectors. */
function keyOf(paper: Paper): string {
  return `${paper.id} ${paper.revision}`;
}

function vectorsByPaper(
  generation: Generation | undefined,
): Map<string, { items: VectorItem[]; vectors: Float32Array[] }> {
  const byPaper = new Map<string, { items: VectorItem[]; vectors: Float32Array[] }>();
  if (generation === undefined) return byPaper;
  generation.vectors.items.forEach((item, index) => {
    const paper = generation.catalog.get(item.paperId);
    if (paper === undefined) return;
    const entry = byPaper.get(keyOf(paper)) ?? { items: [], vectors: [] };
    entry.items.push(item);
    entry.vectors.push(generation.vectors.vector(index));
    byPaper.set(keyOf(paper), entry);
  });
  return byPaper;
}
