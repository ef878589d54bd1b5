import { expect, it } from "vitest";
import { ReadPaper, readPaper } from "../../../src/corpus/read-paper.ts";

const PAPER = {
  title: "LampNet: Reading Maps",
  abstract: "Old maps fade. LampNet reads 87% of their street-names.",
};

it("knows the words, the names and the sentences of a paper", () => {
  const read = new ReadPaper(PAPER);
  expect([...read.titleTerms]).toEqual(["lampnet", "read", "map"]);
  expect(read.sentences.map(({ text }) => text)).toEqual([
    "Old maps fade.",
    "LampNet reads 87% of their street-names.",
  ]);
  for (const { start, end, text } of read.sentences) expect(PAPER.abstract.slice(start, end)).toBe(text);
  expect(read.sentences[1]?.terms.has("streetnam")).toBe(true);
  expect(read.terms.has("fade")).toBe(true);
  expect(read.names.has("LampNet")).toBe(true);
  expect(read.names.has("TernNet")).toBe(false);
});

it("reads each part once", () => {
  let calls = 0;
  const part = ({ sentences }: ReadPaper) => {
    calls++;
    return sentences.length;
  };
  const read = readPaper(PAPER);
  expect(read.part(part)).toBe(2);
  expect(readPaper(PAPER).part(part)).toBe(2);
  expect(calls).toBe(1);
  expect(readPaper({ ...PAPER })).not.toBe(read);
});

it("forgets the papers least recently asked for, past its bound on letters", () => {
  const paper = (at: number, letters = 400_000) => ({ title: `Paper ${at}`, abstract: "x".repeat(letters) });
  const papers = Array.from({ length: 10 }, (_, at) => paper(at));
  const read = papers.map(readPaper);
  const again = (at: number) => readPaper(papers[at] ?? expect.unreachable()) === read[at];
  // Seven have room; the fourth is asked for again, and the fifth goes for the next.
  expect([again(9), again(3)]).toEqual([true, true]);
  readPaper(paper(10));
  expect([again(3), again(5), again(4), again(0)]).toEqual([true, true, false, false]);
  const long = paper(11, 4_000_000);
  const one = readPaper(long);
  expect([readPaper(long) === one, again(3)]).toEqual([true, false]);
});
