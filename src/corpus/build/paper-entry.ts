/** A paper while a corpus is built: what is known of it, and what becomes of it. */
import { isDeepStrictEqual } from "node:util";
import { withoutUndefined } from "../../util/without-undefined.ts";
import { flagsOf } from "../identity/flags.ts";
import { sourceOfOrigin } from "../origin.ts";
import { idOfKey, type PaperRecord, type StoredPaper, toPaper } from "../paper.ts";

export interface Entry {
  readonly previous: StoredPaper | undefined;
  /** Its place in the corpus. */
  readonly rank: number;
  record: PaperRecord;
  keys: readonly string[];
  /** The one that the text is from first. */
  origins: readonly string[];
  /** The origins that named it in this ingest. */
  readonly named: Set<string>;
  /** The origins that hold it in a record that could not be used. */
  readonly mentioned: Set<string>;
  /** Its text has been given by this ingest; later records only fill in what is absent. */
  settled: boolean;
  /** A notice has said something new of it. */
  flagged?: true;
  /** The text of an origin further back, for the case that the first is lost. */
  spare?: { readonly origin: string; readonly record: PaperRecord };
}

export function recall(previous: StoredPaper, rank: number): Entry {
  const { paper, body, keys, origins } = previous;
  // What its own text says is read out of that again.
  const own = flagsOf(paper.title, paper.abstract);
  const flags = paper.flags?.filter((flag) => !own.includes(flag));
  const record = withoutUndefined({ ...paper, body, flags: flags?.length ? flags : undefined });
  return { previous, rank, record, keys, origins, named: new Set(), mentioned: new Set(), settled: false };
}

/** The first record's members, and of the second what that lacks. */
export function joined(first: PaperRecord, second: PaperRecord): PaperRecord {
  const flags = [...new Set([...(first.flags ?? []), ...(second.flags ?? [])])];
  const corpora = [...new Set([...(first.corpora ?? []), ...(second.corpora ?? [])])];
  const text = first.abstract === "" ? { abstract: second.abstract } : {};
  return {
    ...second,
    ...first,
    ...text,
    ...(flags.length === 0 ? {} : { flags }),
    ...(corpora.length === 0 ? {} : { corpora }),
  };
}

/** A further record of a known paper. */
export function absorb(entry: Entry, record: PaperRecord, origin: string): void {
  const known = entry.origins.includes(origin);
  const hasText = record.abstract !== "";
  const otherText =
    hasText && (record.title !== entry.record.title || record.abstract !== entry.record.abstract);
  const gainsText = hasText && entry.record.abstract === "";
  if (gainsText || (!entry.settled && (known ? origin === entry.origins[0] : otherText))) {
    entry.record = joined(record, entry.record);
    entry.origins = [origin, ...entry.origins.filter((other) => other !== origin)];
    entry.settled = true;
  } else {
    if (otherText) entry.spare ??= { origin, record };
    entry.record = joined(entry.record, record);
    if (!known) entry.origins = [...entry.origins, origin];
  }
  entry.named.add(origin);
}

/** What becomes of a paper when all is read; undefined when no origin holds it any more. */
export function conclude(entry: Entry, exhausted: (origin: string) => boolean): StoredPaper | undefined {
  const { previous, keys, spare, named, mentioned } = entry;
  const origins = entry.origins.filter(
    (origin) => named.has(origin) || mentioned.has(origin) || !exhausted(origin),
  );
  const [first] = origins;
  if (first === undefined) return undefined;
  const isUntouched = named.size === 0 && !entry.flagged && origins.length === previous?.origins.length;
  if (previous && isUntouched) return previous;
  const orphaned = first !== entry.origins[0] && first === spare?.origin;
  const record = orphaned ? { ...entry.record, ...spare.record } : entry.record;
  const id = previous?.paper.id ?? idOfKey(keys[0] ?? "");
  const made = {
    paper: toPaper(record, id, sourceOfOrigin(first)),
    ...(record.body && { body: record.body }),
    ...(previous?.tags && { tags: previous.tags }),
  };
  const isSame =
    isDeepStrictEqual(made.paper, previous?.paper) && isDeepStrictEqual(made.body, previous?.body);
  if (previous === undefined || !isSame) return { ...made, keys, origins };
  const stored = { ...previous, keys, origins };
  return isDeepStrictEqual(stored, previous) ? previous : stored;
}
