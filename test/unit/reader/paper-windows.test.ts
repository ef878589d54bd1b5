import { describe, expect, it } from "vitest";
import { paperWindows } from "../../../src/reader/paper-windows.ts";

/** A piece a letter that is no space: 10 for "a", 11 for "b"; "?" is unknown. */
const tokenize = (text: string) =>
  [...text.replace(/\s/g, "")].map((letter) => (letter === "?" ? 1 : letter.charCodeAt(0)));
const sentence = (letters: number) => `${"a".repeat(letters - 1)}.`;

describe("paperWindows", () => {
  it("reads the title, then every sentence, and knows where each stands", () => {
    const { windows, sentences } = paperWindows({ title: "Tern", abstract: "One goes. Two go." }, tokenize);
    expect(sentences).toBe(2);
    expect(windows).toHaveLength(1);
    const [window] = windows;
    expect(window?.segments).toEqual([1, 1, 1, 1, ...Array(14).fill(2)]);
    expect(window?.sentences.map(({ at, place }) => ({ at, place }))).toEqual([
      { at: -1, place: [0, 0, 0, 4 / 40] },
      { at: 0, place: [1 / 3, 1, 0, 8 / 40] },
      { at: 1, place: [2 / 3, 0, 1, 6 / 40] },
    ]);
  });

  it("compares no unknown piece, unless there is no other", () => {
    const [window] = paperWindows({ title: "??", abstract: "a?b." }, tokenize).windows;
    expect(window?.sentences.map(({ positions }) => positions)).toEqual([[0], [2, 4, 5]]);
  });

  it("begins another window, with the title again, where one is full", () => {
    const abstract = Array(9).fill(sentence(90)).join(" A ");
    const { windows, sentences } = paperWindows({ title: "Tern", abstract }, tokenize);
    expect(windows.length).toBeGreaterThan(2);
    expect(windows.every(({ ids }) => ids.length <= 280)).toBe(true);
    expect(windows.every(({ sentences: [title] }) => title?.at === -1)).toBe(true);
    const read = windows.flatMap((window) => window.sentences.map(({ at }) => at)).filter((at) => at >= 0);
    expect(read).toEqual(Array.from({ length: sentences }, (_, at) => at));
  });

  it("reads the beginning of what is too long, and counts the rest", () => {
    const abstract = Array(2000).fill(sentence(90)).join(" A ");
    const { windows, sentences } = paperWindows({ title: "T".repeat(5000), abstract }, tokenize);
    expect(sentences).toBeGreaterThan(1000);
    expect(windows).toHaveLength(12);
  });

  it("reads so many sentences, however short they are, and no sentence without an end", () => {
    const { windows, sentences } = paperWindows({ title: "T", abstract: "Bc d. ".repeat(4000) }, tokenize);
    expect(sentences).toBe(4000);
    expect(windows.flatMap((window) => window.sentences.filter(({ at }) => at >= 0))).toHaveLength(150);
    const longest: number[] = [];
    paperWindows({ title: "T", abstract: "a".repeat(50_000) }, (text) => {
      longest.push(text.length);
      return tokenize(text);
    });
    expect(Math.max(...longest)).toBeLessThan(5000);
  });

  it("reads a paper without an abstract by its title", () => {
    const { windows, sentences } = paperWindows({ title: "", abstract: " " }, tokenize);
    expect(windows.map(({ ids }) => ids)).toEqual([[1]]);
    expect(sentences).toBe(0);
  });
});
