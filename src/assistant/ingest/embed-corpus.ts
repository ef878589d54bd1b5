/** Papers → vectors: what the previous generation holds of a paper is used again, the rest is embedded. */
import { chunk } from "../../corpus/chunk.ts";
import { bodyPassages } from "../../corpus/excerpt.ts";
import { type StoredPaper, textOf } from "../../corpus/paper.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { AppError } from "../../errors.ts";
import type { Paper } from "../../protocol.ts";
import type { Generation } from "../../store/index/index-store.ts";
import type { VectorItem } from "../../store/vectors/vector-store.ts";
import type { SentenceSpan } from "../../text/sentences.ts";
import type { EmbeddingCheckpoint } from "./embedding-checkpoint.ts";

/** Papers a batch: progress is told, and an abort heard, after each. */
const BATCH_PAPERS = 128;

interface EmbeddedCorpus {
  readonly items: VectorItem[];
  /** `vectors[i]` belongs to `items[i]`. */
  readonly vectors: Float32Array[];
  /** Papers that were embedded; the vectors of the others were there already. */
  readonly embedded: number;
}

interface Options {
  /** Items that the store holds at most. */
  readonly capacity?: number;
  /** Keeps what is made; what it has is not made again. */
  readonly checkpoint?: EmbeddingCheckpoint | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number) => void;
}

/**
 * @param previous a generation of the same embedder and chunker, or undefined to embed everything
 * @param embedderFor the embedder for this many papers
 * @throws AppError (bad_request) when there would be more, before anything is embedded; DOMException AbortError
 */
export async function embedCorpus(
  papers: readonly StoredPaper[],
  previous: Generation | undefined,
  embedderFor: (papers: number) => Embedder,
  options: Options = {},
): Promise<EmbeddedCorpus> {
  const kept = await vectorsByPaper(previous);
  const left = await options.checkpoint?.recall();
  const parts = papers.map((stored): Part => {
    const { paper } = stored;
    const known = kept.get(keyOf(paper));
    const items = known?.items ?? itemsOf(stored);
    const made = left?.get(keyOf(paper));
    return {
      ...stored,
      items,
      vectors: known?.vectors ?? (made?.length === items.length ? made : undefined),
    };
  });
  const items = parts.flatMap((part) => part.items);
  checkCapacity(items.length, papers.length, options.capacity);
  const fresh = parts.filter(({ vectors }) => vectors === undefined);
  const embedder = embedderFor(fresh.length);
  for (let at = 0; at < fresh.length; at += BATCH_PAPERS) {
    options.signal?.throwIfAborted();
    const batch = fresh.slice(at, at + BATCH_PAPERS);
    await embedBatch(batch, embedder, options.signal);
    // What is done at once need not be kept.
    if (fresh.length > BATCH_PAPERS) {
      await options.checkpoint?.add(batch.map(({ paper, vectors = [] }) => ({ key: keyOf(paper), vectors })));
    }
    options.onProgress?.(papers.length - fresh.length + Math.min(fresh.length, at + BATCH_PAPERS));
  }
  return { items, vectors: parts.flatMap(({ vectors }) => vectors ?? []), embedded: fresh.length };
}

interface Part extends Pick<StoredPaper, "paper" | "body"> {
  readonly items: VectorItem[];
  vectors: readonly Float32Array[] | undefined;
}

async function embedBatch(parts: readonly Part[], embedder: Embedder, signal?: AbortSignal): Promise<void> {
  const texts = parts.flatMap((part) => part.items.map((item) => embeddedText(part, item)));
  const made = await embedder.embed(texts, "passage", signal);
  let next = 0;
  for (const part of parts) {
    part.vectors = made.slice(next, next + part.items.length);
    next += part.items.length;
  }
}

function checkCapacity(items: number, papers: number, capacity: number | undefined): void {
  if (capacity === undefined || items <= capacity) return;
  throw new AppError(
    "bad_request",
    `${papers} papers make ${items} vectors, and the store in files holds ${capacity} at most: index fewer papers, or put a server-side store behind the port VectorStorage (src/store/README.md)`,
  );
}

/** The whole paper, then its passages: those of the abstract, those of the body. */
function itemsOf({ paper, body }: StoredPaper): VectorItem[] {
  const { id: paperId, abstract } = paper;
  const passages = (field: VectorItem["field"], spans: readonly SentenceSpan[]) =>
    spans.map(({ start, end }): VectorItem => ({ paperId, kind: "passage", field, start, end }));
  return [
    { paperId, kind: "paper", field: "abstract", start: 0, end: abstract.length },
    ...passages("abstract", chunk(abstract)),
    ...passages("body", body === undefined ? [] : bodyPassages(body)),
  ];
}

function embeddedText({ paper, body }: Part, { kind, field, start, end }: VectorItem): string {
  return kind === "paper" ? `${paper.title} ${paper.abstract}` : textOf(paper, field, body).slice(start, end);
}

/** The text decides: a paper whose id or file changed, but not its words, keeps its vectors. */
function keyOf(paper: Paper): string {
  return `${paper.id} ${paper.revision}`;
}

async function vectorsByPaper(
  generation: Generation | undefined,
): Promise<Map<string, { items: VectorItem[]; vectors: Float32Array[] }>> {
  const byPaper = new Map<string, { items: VectorItem[]; vectors: Float32Array[] }>();
  if (generation === undefined) return byPaper;
  for await (const { item, vector } of generation.vectors.all()) {
    const paper = generation.catalog.get(item.paperId);
    if (paper === undefined) continue;
    const entry = byPaper.get(keyOf(paper)) ?? { items: [], vectors: [] };
    entry.items.push(item);
    entry.vectors.push(vector);
    byPaper.set(keyOf(paper), entry);
  }
  return byPaper;
}
