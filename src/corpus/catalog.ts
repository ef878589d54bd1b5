import type { Paper } from "../protocol.ts";
import { idOfKey, type PaperBody, type StoredPaper } from "./paper.ts";

/** The papers of one index, in corpus order, found by id, alias or identity key. Immutable. */
export class PaperCatalog {
  readonly #stored: readonly StoredPaper[];
  readonly #papers: readonly Paper[];
  readonly #shown: ReadonlyMap<string, Paper>;
  readonly #byId: ReadonlyMap<string, StoredPaper>;
  #aliases: ReadonlyMap<string, StoredPaper> | undefined;
  #keys: ReadonlyMap<string, StoredPaper> | undefined;

  constructor(stored: readonly StoredPaper[]) {
    this.#stored = stored;
    this.#papers = stored.map(({ paper, tags }) =>
      tags === undefined ? paper : { ...paper, tags: [...tags] },
    );
    this.#shown = new Map(this.#papers.map((paper) => [paper.id, paper]));
    this.#byId = new Map(stored.map((entry) => [entry.paper.id, entry]));
  }

  get size(): number {
    return this.#stored.length;
  }

  all(): readonly Paper[] {
    return this.#papers;
  }

  stored(): readonly StoredPaper[] {
    return this.#stored;
  }

  /** The text below the abstract, where the paper came with one. */
  body(id: string): PaperBody | undefined {
    return this.#byId.get(id)?.body;
  }

  /** By the id, or by the id of any identifier that the paper is known under. */
  get(idOrAlias: string): Paper | undefined {
    return this.#shown.get(idOrAlias) ?? this.#shown.get(this.#byAlias(idOrAlias)?.paper.id ?? "");
  }

  /** By an identity key, as `identityKeys` gives them; of papers with the same title the first. */
  byKey(key: string): StoredPaper | undefined {
    this.#keys ??= new Map(
      this.#stored.flatMap((entry) => entry.keys.map((known) => [known, entry] as const)).reverse(),
    );
    return this.#keys.get(key);
  }

  /** Hashes every key at the first miss only: most lookups are by id. */
  #byAlias(id: string): StoredPaper | undefined {
    this.#aliases ??= new Map(
      this.#stored
        .flatMap((entry) => entry.keys.slice(1).map((key) => [idOfKey(key), entry] as const))
        .reverse(),
    );
    return this.#aliases.get(id);
  }
}
