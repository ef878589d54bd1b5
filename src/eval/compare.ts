import type { Result } from "./result.ts";

/** A question that changed sides. */
export interface Change {
  readonly id: string;
  readonly type: string;
  readonly to: "lost" | "won";
  /** What differs: `hit@1 1 → 0`, `high → none`; `not asked`, `another question`. */
  readonly because: readonly string[];
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** Questions of one of the two runs alone. */
  readonly unmatched: number;
}

/**
 * What became of each question of the earlier run, and of those of both. One that is not asked any more, or not in its
 * words, is lost however it was answered: else a gate passes when what fails is taken out of the file.
 */
export function compare(now: readonly Result[], before: readonly Result[]): Comparison {
  const asked = new Map(now.map((result) => [result.id, result]));
  const changes = before.flatMap((earlier) => changeOf(asked.get(earlier.id), earlier) ?? []);
  const matched = before.filter((earlier) => isSame(asked.get(earlier.id), earlier)).length;
  return { changes, unmatched: now.length + before.length - 2 * matched };
}

function changeOf(now: Result | undefined, before: Result): Change | undefined {
  const { id, type } = before;
  if (now === undefined) return { id, type, to: "lost", because: ["not asked"] };
  if (!isSame(now, before)) return { id, type, to: "lost", because: ["another question"] };
  if (now.right === before.right) return undefined;
  return { id, type: now.type, to: now.right ? "won" : "lost", because: differences(now, before) };
}

/** A baseline without digests tells questions by their id alone. */
function isSame(now: Result | undefined, before: Result): boolean {
  if (now === undefined) return false;
  return now.digest === undefined || before.digest === undefined || now.digest === before.digest;
}

/** Lost questions by type. */
export function lostByType({ changes }: Comparison): Map<string, number> {
  const lost = new Map<string, number>();
  for (const { type, to } of changes) if (to === "lost") lost.set(type, (lost.get(type) ?? 0) + 1);
  return lost;
}

/** Differences below what a baseline keeps are none. */
const EQUAL = 1e-3;

function differences(now: Result, before: Result): string[] {
  const confidence = now.confidence === before.confidence ? [] : [`${before.confidence} → ${now.confidence}`];
  const names = new Set([...Object.keys(before.figures), ...Object.keys(now.figures)]);
  const figures = [...names].flatMap((name) => {
    const [from, to] = [before.figures[name], now.figures[name]];
    if (from === to || Math.abs((from ?? 9) - (to ?? 9)) < EQUAL) return [];
    return [`${name} ${shown(from)} → ${shown(to)}`];
  });
  return [...confidence, ...figures];
}

const shown = (value: number | undefined): string =>
  value === undefined ? "–" : String(Math.round(value * 100) / 100);
