import type { Result } from "./result.ts";

/** A question that changed sides. */
export interface Change {
  readonly id: string;
  readonly type: string;
  readonly to: "lost" | "won";
  /** What differs: `hit@1 1 → 0`, `high → none`; `not asked`. */
  readonly because: readonly string[];
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** Questions of one of the two runs alone. */
  readonly unmatched: number;
}

/**
 * What became of each question of the earlier run, and of those of both. One that is not asked any more is lost, however
 * it was answered: else a gate passes when what fails is taken out of the file.
 */
export function compare(now: readonly Result[], before: readonly Result[]): Comparison {
  const known = new Map(before.map((result) => [result.id, result]));
  const asked = new Set(now.map(({ id }) => id));
  const matched = now.flatMap((result) => {
    const earlier = known.get(result.id);
    return earlier === undefined ? [] : [{ result, earlier }];
  });
  const changes = matched
    .filter(({ result, earlier }) => result.right !== earlier.right)
    .map(({ result, earlier }): Change => {
      const { id, type, right } = result;
      return { id, type, to: right ? "won" : "lost", because: differences(result, earlier) };
    });
  const gone = before
    .filter(({ id }) => !asked.has(id))
    .map(({ id, type }): Change => ({ id, type, to: "lost", because: ["not asked"] }));
  return { changes: [...changes, ...gone], unmatched: now.length + before.length - 2 * matched.length };
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
