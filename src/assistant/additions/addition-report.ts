/** What an addition changed: as people are told, and as it is taken back. */
import type { StoredPaper } from "../../corpus/paper.ts";
import type { AdditionReport } from "../../protocol.ts";
import { withoutUndefined } from "../../util/without-undefined.ts";
import type { CorpusChange } from "../ingest/ingest.ts";
import type { IngestReport } from "../port.ts";

/** Problems and papers that a report names. */
const NAMED = 200;

export interface Undo {
  /** Ids of papers that it brought. */
  readonly added: readonly string[];
  /** Papers that it changed or removed, as they were. */
  readonly before: readonly StoredPaper[];
}

export function undoOf({ added, before }: CorpusChange): Undo {
  return { added: added.map(({ paper }) => paper.id), before };
}

export function reportOf(
  {
    added,
    updated,
    removed,
    unchanged,
    duplicates,
  }: Omit<AdditionReport, "known" | "problemCount" | "problems" | "notes" | "papers">,
  { problems, notes }: Pick<IngestReport, "problems" | "notes">,
  change: CorpusChange,
): AdditionReport {
  const before = new Set(change.before.map(({ paper }) => paper));
  // What the files had as it was is stored again all the same: from now on it is theirs too.
  const changed = change.updated.filter(({ paper }) => !before.has(paper));
  const named = (of: readonly StoredPaper[], what: "added" | "updated") =>
    of.slice(0, NAMED).map(({ paper: { id, title } }) => ({ id, title, change: what }));
  return {
    added,
    updated,
    removed,
    unchanged,
    known: change.updated.length - changed.length,
    duplicates,
    problemCount: problems.length,
    problems: problems.slice(0, NAMED).map((problem) => withoutUndefined({ ...problem })),
    notes: notes.slice(0, NAMED).map((note) => withoutUndefined({ ...note })),
    papers: [...named(change.added, "added"), ...named(changed, "updated")].slice(0, NAMED),
  };
}

/** What the addition brought goes, unless another file has it by now too; what it changed is as it was. */
export function takenBack(stored: readonly StoredPaper[], { added, before }: Undo): StoredPaper[] {
  const gone = new Set(added);
  const old = new Map(before.map((entry) => [entry.paper.id, entry]));
  const kept = stored.filter(({ paper, origins }) => !gone.has(paper.id) || origins.length > 1);
  const restored = kept.map((entry) => old.get(entry.paper.id) ?? entry);
  const there = new Set(restored.map(({ paper }) => paper.id));
  return [...restored, ...before.filter(({ paper }) => !there.has(paper.id))];
}
