/** What stands below the abstracts: which passages of which papers a question's words are in, and which are worth reading. */
import type { PaperCatalog } from "../corpus/catalog.ts";
import type { VectorItem, VectorStore } from "../store/vectors/vector-store.ts";
import { LexicalIndex } from "./lexical.ts";
import type { RankedPassage } from "./retriever.ts";

/** Passages of a paper that are read with a question: two pages hold what a fact stands among. */
const READ_PASSAGES = 3;

/** The question's words in the passages. */
export interface BodyMatches {
  /** The BM25 share (lexical.ts) of the best passage of each paper, in the catalog's order; 0 without a body. */
  readonly best: Float32Array;
  /** The passages to read, best first. @param passages of the paper, with their cosines; those of its abstract are left out */
  worthReading(paperId: string, passages: readonly RankedPassage[]): RankedPassage[];
}

export class BodyPassages {
  readonly #lexical: LexicalIndex;
  readonly #weight: number;
  readonly #papers: number;
  /** Positions in the catalog, by passage. */
  readonly #paperOf: Int32Array;
  /** Passages, by paper and beginning. */
  readonly #at: ReadonlyMap<string, number>;

  private constructor(
    items: readonly VectorItem[],
    lexical: LexicalIndex,
    { catalog, weight }: { readonly catalog: PaperCatalog; readonly weight: number },
  ) {
    const positions = new Map(catalog.all().map(({ id }, at) => [id, at]));
    this.#lexical = lexical;
    this.#weight = weight;
    this.#papers = catalog.size;
    this.#paperOf = Int32Array.from(items, ({ paperId }) => positions.get(paperId) ?? -1);
    this.#at = new Map(items.map(({ paperId, start }, at) => [keyOf(paperId, start), at]));
  }

  /**
   * @param packed what `packPassages` made of the same papers, if it is there
   * @param weight of a squared share beside a cosine
   * @returns undefined where no paper has a body
   */
  static async open(
    { catalog, vectors }: { readonly catalog: PaperCatalog; readonly vectors: VectorStore },
    packed: Buffer | undefined,
    weight: number,
  ): Promise<BodyPassages | undefined> {
    if (!catalog.stored().some(({ body }) => body !== undefined)) return undefined;
    const items: VectorItem[] = [];
    for await (const { item } of vectors.all()) if (item.field === "body") items.push(item);
    const stored = packed && LexicalIndex.unpack(packed);
    const lexical =
      stored?.size === items.length ? stored : await lexicalOf(items, (id) => catalog.body(id)?.text ?? "");
    return new BodyPassages(items, lexical, { catalog, weight });
  }

  match(query: string): BodyMatches {
    const shares = this.#lexical.shares(query);
    const best = new Float32Array(this.#papers);
    for (let at = 0; at < shares.length; at++) {
      const paper = this.#paperOf[at] as number;
      if ((shares[at] as number) > (best[paper] ?? 1)) best[paper] = shares[at] as number;
    }
    const worth = (paperId: string, { start, score }: RankedPassage) =>
      score + this.#weight * (shares[this.#at.get(keyOf(paperId, start)) ?? -1] ?? 0) ** 2;
    return {
      best,
      worthReading: (paperId, passages) =>
        passages
          .filter(({ field }) => field === "body")
          .map((passage) => ({ passage, worth: worth(paperId, passage) }))
          .sort((a, b) => b.worth - a.worth)
          .slice(0, READ_PASSAGES)
          .map(({ passage }) => passage),
    };
  }
}

function keyOf(paperId: string, start: number): string {
  return `${paperId} ${start}`;
}

/** The words of passages, packed; undefined where there are none. @param bodyOf the text below a paper's abstract */
export async function packPassages(
  items: readonly VectorItem[],
  bodyOf: (paperId: string) => string,
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  const own = items.filter(({ field }) => field === "body");
  return own.length === 0 ? undefined : (await lexicalOf(own, bodyOf, signal)).pack();
}

function lexicalOf(
  items: readonly VectorItem[],
  bodyOf: (paperId: string) => string,
  signal?: AbortSignal,
): Promise<LexicalIndex> {
  const texts = items.map(({ paperId, start, end }) => ({
    title: "",
    abstract: bodyOf(paperId).slice(start, end),
  }));
  return LexicalIndex.build(texts, signal);
}
