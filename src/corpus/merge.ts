import { isDeepStrictEqual } from "node:util";
import { withoutUndefined } from "../util/without-undefined.ts";
import type { PaperCatalog } from "./catalog.ts";
import { sourceOfOrigin } from "./origin.ts";
import { identityKeys, idOfKey, type PaperRecord, type StoredPaper, toPaper } from "./paper.ts";

export interface CorpusCounts {
  readonly added: number;
  readonly updated: number;
  /** Papers that no file holds any more, and papers that turned out to be another one. */
  readonly removed: number;
  readonly unchanged: number;
  /** Records that named a paper another record of this ingest had named already. */
  readonly duplicates: number;
}

interface Entry {
  readonly previous: StoredPaper | undefined;
  /** Its place in the corpus. */
  readonly rank: number;
  record: PaperRecord;
  keys: readonly string[];
  /** The one that the text is from first. */
  origins: readonly string[];
  /** The origins that named it in this ingest. */
  readonly named: Set<string>;
  /** Its text has been given by this ingest; later records only fill in what is absent. */
  settled: boolean;
  /** The text of an origin further back, for the case that the first is lost. */
  spare?: { readonly origin: string; readonly record: PaperRecord };
}

/**
 * Makes papers of records: those that share a DOI, arXiv id or normalised title, also by way of others, are one paper,
 * together with the paper of the previous corpus. An id that was given stays.
 *
 * The first record wins a field and later ones fill in what is absent. Against the previous corpus a paper takes the
 * text that its first origin, or an origin new to it, now has.
 *
 * Constant time a record; memory proportional to the corpus.
 */
export class CorpusBuilder {
  /** By rank; a gap where a paper turned out to be an earlier one. */
  readonly #entries: (Entry | undefined)[];
  readonly #byKey = new Map<string, Entry>();
  #duplicates = 0;
  /** Previous papers that turned out to be another one. */
  #united = 0;

  constructor(previous?: PaperCatalog) {
    const entries = (previous?.stored() ?? []).map(recall);
    for (const entry of entries) for (const key of entry.keys) this.#byKey.set(key, entry);
    this.#entries = entries;
  }

  /** Takes a record that `origin` (see origin.ts) holds. */
  add(given: PaperRecord, origin: string): void {
    const record = withoutUndefined(given);
    const keys = identityKeys(record);
    const entry = this.#find(keys);
    if (entry === undefined) {
      this.#append(record, keys, origin);
      return;
    }
    if (entry.named.size > 0) this.#duplicates++;
    absorb(entry, record, origin);
    this.#assign(
      entry,
      keys.filter((key) => !this.#byKey.has(key)),
    );
  }

  /**
   * The papers: the previous ones in their order, then the new ones as they were read. What did not change is the
   * same object as before.
   * @param exhausted whether this ingest has read all that an origin holds (or found it gone): a paper that such an
   * origin did not name has left it, and a paper that has left all its origins is removed
   */
  finish(exhausted: (origin: string) => boolean): { papers: StoredPaper[]; counts: CorpusCounts } {
    const papers: StoredPaper[] = [];
    const counts = {
      added: 0,
      updated: 0,
      removed: this.#united,
      unchanged: 0,
      duplicates: this.#duplicates,
    };
    for (const entry of this.#entries) {
      if (entry === undefined) continue;
      const stored = conclude(entry, exhausted);
      if (stored === undefined) counts.removed++;
      else if (entry.previous === undefined) counts.added++;
      else if (entry.previous.paper === stored.paper) counts.unchanged++;
      else counts.updated++;
      if (stored !== undefined) papers.push(stored);
    }
    return { papers, counts };
  }

  #append(record: PaperRecord, keys: readonly string[], origin: string): void {
    const entry: Entry = {
      previous: undefined,
      rank: this.#entries.length,
      record,
      keys: [],
      origins: [origin],
      named: new Set([origin]),
      settled: true,
    };
    this.#entries.push(entry);
    this.#assign(entry, keys);
  }

  /** The paper with any of the keys; where they lead to several, these become the foremost one. */
  #find(keys: readonly string[]): Entry | undefined {
    const found = [...new Set(keys.flatMap((key) => this.#byKey.get(key) ?? []))];
    const [first, ...others] = found.sort((a, b) => a.rank - b.rank);
    if (first !== undefined) for (const other of others) this.#unite(first, other);
    return first;
  }

  #unite(first: Entry, second: Entry): void {
    if (first.named.size > 0 && second.named.size > 0) this.#duplicates++;
    if (second.previous !== undefined) this.#united++;
    first.record = { ...second.record, ...first.record };
    first.origins = [...new Set([...first.origins, ...second.origins])];
    for (const name of second.named) first.named.add(name);
    this.#assign(first, second.keys);
    this.#entries[second.rank] = undefined;
  }

  #assign(entry: Entry, keys: readonly string[]): void {
    if (keys.length > 0) entry.keys = [...entry.keys, ...keys];
    for (const key of keys) this.#byKey.set(key, entry);
  }
}

function recall(previous: StoredPaper, rank: number): Entry {
  const { paper: record, keys, origins } = previous;
  return { previous, rank, record, keys, origins, named: new Set(), settled: false };
}

/** A further record of a known paper. */
function absorb(entry: Entry, record: PaperRecord, origin: string): void {
  const known = entry.origins.includes(origin);
  const otherText = record.title !== entry.record.title || record.abstract !== entry.record.abstract;
  if (!entry.settled && (known ? origin === entry.origins[0] : otherText)) {
    entry.record = { ...entry.record, ...record };
    entry.origins = [origin, ...entry.origins.filter((other) => other !== origin)];
    entry.settled = true;
  } else {
    if (otherText) entry.spare ??= { origin, record };
    entry.record = { ...record, ...entry.record };
    if (!known) entry.origins = [...entry.origins, origin];
  }
  entry.named.add(origin);
}

/** What becomes of a paper when all is read; undefined when no origin holds it any more. */
function conclude(entry: Entry, exhausted: (origin: string) => boolean): StoredPaper | undefined {
  const { previous, keys, spare } = entry;
  const origins = entry.origins.filter((origin) => entry.named.has(origin) || !exhausted(origin));
  const [first] = origins;
  if (first === undefined) return undefined;
  if (previous && entry.named.size === 0 && origins.length === previous.origins.length) return previous;
  const orphaned = first !== entry.origins[0] && first === spare?.origin;
  const record = orphaned ? { ...entry.record, ...spare.record } : entry.record;
  const id = previous?.paper.id ?? idOfKey(keys[0] ?? "");
  const paper = toPaper(record, id, sourceOfOrigin(first));
  if (previous === undefined || !isDeepStrictEqual(paper, previous.paper)) return { paper, keys, origins };
  const stored = { paper: previous.paper, keys, origins };
  return isDeepStrictEqual(stored, previous) ? previous : stored;
}
