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

it("forgets the paper least recently asked for, past its bound", () => {
  const paper = (at: number) => ({ title: `Paper ${at}`, abstract: "" });
  const papers = Array.from({ length: 2001 }, (_, at) => paper(at));
  const [first, second] = papers.map(readPaper);
  expect(readPaper(papers[0]!)).not.toBe(first);
  expect(second).not.toBe(readPaper(papers[1]!));
  const [kept, , gone] = [papers[10]!, papers[11]!, papers[12]!];
  const before = [readPaper(kept), readPaper(gone)];
  for (let at = 0; at < 1500; at++) readPaper(paper(at));
  expect(readPaper(kept)).toBe(before[0]);
  for (let at = 0; at < 1999; at++) readPaper(paper(at));
  expect(readPaper(kept)).toBe(before[0]);
  expect(readPaper(gone)).not.toBe(before[1]);
});
