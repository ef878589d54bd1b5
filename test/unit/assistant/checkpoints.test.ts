import { describe, expect, it } from "vitest";
import { Checkpoints } from "../../../src/assistant/asking/answer-draft.ts";
import { seededRandom } from "../../../src/util/statistics.ts";

/** How often each of `answers` is stored in ten seconds of words every 20 ms. */
function stored(answers: number): number[] {
  let time = 0;
  const checkpoints = new Checkpoints({ clock: () => time, random: seededRandom(1) });
  const all = Array.from({ length: answers }, () => checkpoints.begin());
  const counts = all.map(() => 0);
  for (; time < 10_000; time += 20) {
    for (const [at, one] of all.entries()) if (one.due()) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

describe("Checkpoints", () => {
  it("come every second for few answers", () => {
    for (const count of stored(3)) expect(count).toBeGreaterThanOrEqual(9);
  });

  it("are twenty a second at most for many, and each answer has its share", () => {
    const counts = stored(100);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(220);
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(1);
  });

  it("come oftener again when others have ended", () => {
    let time = 0;
    const checkpoints = new Checkpoints({ clock: () => time, random: () => 0 });
    const [first, ...others] = Array.from({ length: 100 }, () => checkpoints.begin());
    time = 1500;
    expect(first?.due()).toBe(false);
    for (const other of others) other.end();
    expect(first?.due()).toBe(true);
  });
});
