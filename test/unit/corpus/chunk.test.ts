import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHUNKER_VERSION, chunk, STRIDE_SENTENCES, WINDOW_SENTENCES } from "../../../src/corpus/chunk.ts";
import { splitSentences } from "../../../src/text/sentences.ts";

const textOf = (count: number): string =>
  Array.from({ length: count }, (_, i) => `Sentence ${"x".repeat(i + 1)} ends.`).join(" ");
/** [index of the first sentence, index of the last] of each chunk. */
function windowsOf(text: string, options?: { window: number; stride: number }): [number, number][] {
  const sentences = splitSentences(text);
  return chunk(text, options).map(({ start, end }) => [
    sentences.findIndex((sentence) => sentence.start === start),
    sentences.findIndex((sentence) => sentence.end === end),
  ]);
}

describe("chunk", () => {
  it.each<[number, [number, number][]]>([
    [0, []],
    [1, [[0, 0]]],
    [3, [[0, 2]]],
    [
      4,
      [
        [0, 2],
        [1, 3],
      ],
    ],
    [
      5,
      [
        [0, 2],
        [2, 4],
      ],
    ],
    [
      6,
      [
        [0, 2],
        [2, 4],
        [3, 5],
      ],
    ],
    [
      7,
      [
        [0, 2],
        [2, 4],
        [4, 6],
      ],
    ],
  ])("gives %i sentences the windows %j", (count, expected) => {
    expect(windowsOf(textOf(count), { window: 3, stride: 2 })).toEqual(expected);
  });

  it("by default takes the constants that its version names", () => {
    const constants = { window: WINDOW_SENTENCES, stride: STRIDE_SENTENCES };
    expect(chunk(textOf(20))).toEqual(chunk(textOf(20), constants));
    expect(CHUNKER_VERSION).toContain(`${WINDOW_SENTENCES}/${STRIDE_SENTENCES}`);
  });

  it("holds every sentence, none of its windows within another, for any window and stride", () => {
    const sizes = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(fc.nat(30), sizes, sizes, (count, a, b) => {
        const [stride, window] = [Math.min(a, b), Math.max(a, b)];
        const windows = windowsOf(textOf(count), { window, stride });
        const held = new Set(windows.flatMap(([first, last]) => range(first, last)));
        expect([...held].sort((x, y) => x - y)).toEqual(range(0, count - 1));
        for (const [i, [first, last]] of windows.entries()) {
          expect(last - first + 1).toBe(Math.min(window, count));
          if (i > 0) expect(first).toBeGreaterThan(windows[i - 1]![0]);
        }
      }),
    );
  });

  it("marks exact offsets of the abstract", () => {
    const text = "  First. Second é𝒳.\n\nThird.  ";
    const [only] = chunk(text);
    expect(only).toEqual({ start: 2, end: text.length - 2 });
  });

  it.each([
    [3, 0],
    [3, 4],
    [0, 0],
    [3, Number.NaN],
  ])("refuses a window of %d with a stride of %d", (window, stride) => {
    expect(() => chunk("A.", { window, stride })).toThrow(RangeError);
  });
});

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
