import { withoutUndefined } from "../../util/without-undefined.ts";
import type { PaperCatalog } from "../catalog.ts";
import { noticeIn } from "../identity/flags.ts";
import { namesakeKey, titleKeyOf } from "../identity/identity.ts";
import { mayBeOne } from "../identity/same-paper.ts";
import { identityKeys, type PaperMark, type PaperRecord, type StoredPaper } from "../paper.ts";
import type { RecordName } from "../readers/reader.ts";
import { absorb, conclude, type Entry, joined, recall } from "./paper-entry.ts";

export interface CorpusCounts {
  readonly added: number;
  readonly updated: number;
  /** Papers that no file holds any more, and papers that turned out to be another one. */
  readonly removed: number;
  readonly unchanged: number;
  /** Records that named a paper another record of this ingest had named already. */
  readonly duplicates: number;
}

/** Why a record is a paper that another record of this ingest has named. */
export interface Merged {
  readonly title: string;
  readonly by: string;
}

/**
 * Makes papers of records: those that share a DOI or arXiv id, also by way of others, are one paper, and those of one
 * title that nothing tells apart (same-paper.ts), together with the paper of the previous corpus. An id that was given
 * stays.
 *
 * The first record wins a field and later ones fill in what is absent. Against the previous corpus a paper takes the
 * text that its first origin, or an origin new to it, now has; a record without a text takes none away.
 *
 * Constant time a record; memory proportional to the corpus.
 */
export class CorpusBuilder {
  /** By rank; a gap where a paper turned out to be an earlier one. */
  readonly #entries: (Entry | undefined)[] = [];
  readonly #byKey = new Map<string, Entry>();
  readonly #byTitle = new Map<string, Entry[]>();
  readonly #marks: PaperMark[] = [];
  #duplicates = 0;
  /** Previous papers that turned out to be another one. */
  #united = 0;

  constructor(previous?: PaperCatalog) {
    for (const [rank, stored] of (previous?.stored() ?? []).entries()) {
      const entry = recall(stored, rank);
      this.#entries.push(entry);
      this.#enter(entry, entry.keys);
    }
  }

  /** Takes a record that `origin` (see origin.ts) holds. */
  add(given: PaperRecord, origin: string): Merged | undefined {
    const { marks = [], ...record } = withoutUndefined(given);
    this.#mark(marks, record.title);
    const keys = identityKeys(record);
    const [entry, by] = this.#find(record, keys);
    if (entry === undefined) {
      this.#append(record, keys, origin);
      return undefined;
    }
    const merged = entry.named.size > 0 ? { title: entry.record.title, by } : undefined;
    if (merged !== undefined) this.#duplicates++;
    absorb(entry, record, origin);
    this.#assign(
      entry,
      keys.filter((key) => !entry.keys.includes(key)),
    );
    return merged;
  }

  /** Takes the name of a paper that `origin` holds in a record which cannot be used: it has not left. */
  mention({ title = "", doi, arxivId }: RecordName, origin: string): void {
    for (const key of identityKeys({ title, doi, arxivId })) {
      const entries = key.startsWith("title:") ? this.#byTitle.get(key) : [this.#byKey.get(key)];
      for (const entry of entries ?? []) entry?.mentioned.add(origin);
    }
  }

  /**
   * The papers: the previous ones in their order, then the new ones as they were read. What did not change is the
   * same object as before.
   * @param exhausted whether this ingest has read all that an origin holds (or found it gone): a paper that such an
   * origin did not name has left it, and a paper that has left all its origins is removed
   */
  finish(exhausted: (origin: string) => boolean): { papers: StoredPaper[]; counts: CorpusCounts } {
    this.#flag();
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

  #append(record: PaperRecord, given: readonly string[], origin: string): void {
    const [first = ""] = given;
    // Its title may be another paper's, and then no id stands for it.
    const isTaken = given.length === 1 && this.#byKey.has(first);
    const keys = isTaken ? [namesakeKey(first, record)] : given;
    const entry: Entry = {
      previous: undefined,
      rank: this.#entries.length,
      record,
      keys: [],
      origins: [origin],
      named: new Set([origin]),
      mentioned: new Set(),
      settled: true,
    };
    this.#entries.push(entry);
    this.#assign(entry, keys);
  }

  /** The paper of a record, and what it is told by; where its ids lead to several, these become the foremost one. */
  #find(record: PaperRecord, keys: readonly string[]): [Entry | undefined, string] {
    const titleKey = keys.at(-1) ?? "";
    const ids = keys.slice(0, -1);
    const byId = [...new Set(ids.flatMap((key) => this.#byKey.get(key) ?? []))];
    const namesakes = this.#byTitle.get(titleKey) ?? [];
    const title = titleKey.slice("title:".length);
    const own = this.#byKey.get(namesakeKey(titleKey, record));
    const byTitle = (own === undefined ? namesakes : [own, ...namesakes]).find((entry) =>
      mayBeOne(title, { ...record, keys }, { ...entry.record, keys: entry.keys }),
    );
    const joins =
      byTitle !== undefined &&
      byId.every((entry) =>
        mayBeOne(title, { ...entry.record, keys: entry.keys }, { ...byTitle.record, keys: byTitle.keys }),
      );
    const found = [...new Set(joins ? [...byId, byTitle] : byId)];
    const [first, ...others] = found.sort((a, b) => a.rank - b.rank);
    if (first !== undefined) for (const other of others) this.#unite(first, other);
    return [first, told(ids, byId)];
  }

  #unite(first: Entry, second: Entry): void {
    if (first.named.size > 0 && second.named.size > 0) this.#duplicates++;
    if (second.previous !== undefined) this.#united++;
    first.record = joined(first.record, second.record);
    first.origins = [...new Set([...first.origins, ...second.origins])];
    for (const name of second.named) first.named.add(name);
    for (const name of second.mentioned) first.mentioned.add(name);
    const namesakes = this.#byTitle.get(titleOf(second));
    if (namesakes !== undefined) namesakes.splice(namesakes.indexOf(second), 1);
    this.#assign(
      first,
      second.keys.filter((key) => !first.keys.includes(key)),
    );
    this.#entries[second.rank] = undefined;
  }

  #assign(entry: Entry, keys: readonly string[]): void {
    if (keys.length > 0) entry.keys = [...entry.keys, ...keys];
    this.#enter(entry, keys);
  }

  /** A title leads to the first paper that has it, and to all of them. */
  #enter(entry: Entry, keys: readonly string[]): void {
    for (const key of keys) {
      const isTitle = key.startsWith("title:");
      const known = this.#byKey.get(key);
      if (!isTitle || known === undefined || this.#isGone(known)) this.#byKey.set(key, entry);
      if (!isTitle) continue;
      const titleKey = titleKeyOf(key);
      const namesakes = this.#byTitle.get(titleKey);
      if (namesakes === undefined) this.#byTitle.set(titleKey, [entry]);
      else if (!namesakes.includes(entry)) namesakes.push(entry);
    }
  }

  #isGone({ rank }: Entry): boolean {
    return rank in this.#entries && this.#entries[rank] === undefined;
  }

  #mark(marks: readonly PaperMark[], title: string): void {
    this.#marks.push(...marks);
    const notice = marks.length > 0 ? undefined : noticeIn(title);
    if (notice !== undefined) this.#marks.push({ key: identityKeys(notice).at(-1) ?? "", flag: notice.flag });
  }

  /** What notices say of other papers, wherever these stand. A title that several have tells none of them. */
  #flag(): void {
    for (const { key, flag } of this.#marks) {
      const entries = key.startsWith("title:") ? (this.#byTitle.get(key) ?? []) : [this.#byKey.get(key)];
      const [entry, ...others] = entries;
      if (entry === undefined || others.length > 0 || entry.record.flags?.includes(flag)) continue;
      entry.record = { ...entry.record, flags: [...(entry.record.flags ?? []), flag] };
      entry.flagged = true;
    }
  }
}

const titleOf = (entry: Entry): string =>
  titleKeyOf(entry.keys.find((key) => key.startsWith("title:")) ?? "");

function told(ids: readonly string[], byId: readonly Entry[]): string {
  const id = ids.find((key) => byId.some((entry) => entry.keys.includes(key)));
  if (id === undefined) return "its title";
  return id.startsWith("doi:") ? `its DOI ${id.slice(4)}` : `its arXiv id ${id.slice(6)}`;
}
