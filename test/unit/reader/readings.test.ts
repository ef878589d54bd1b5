import { describe, expect, it } from "vitest";
import type { Paper } from "../../../src/protocol.ts";
import type { PairReader } from "../../../src/reader/pair-reader.ts";
import { packReading } from "../../../src/reader/reading-format.ts";
import { Readings } from "../../../src/reader/readings.ts";
import { ReadingFiles } from "../../../src/store/readings/reading-files.ts";
import { makePaper } from "../../support/make-paper.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const papers = ["east", "west", "north"].map((title) => makePaper({ title, abstract: "It is." }).paper);
const DIRECTIONS: Record<string, [number, number]> = { east: [1, 0], west: [-1, 0], north: [0, 1] };

/** A direction as the first two numbers of a vector. */
function vectorOf(title: string): Float32Array {
  const vector = new Float32Array(256);
  vector.set((DIRECTIONS[title] ?? [0, 0]).map((value) => 3 * value));
  return vector;
}

const directions: PairReader = {
  fingerprint: "directions",
  isWord: () => true,
  reads: () => true,
  vector: async (question) => vectorOf(question),
  read: async ({ title }) => packReading({ sentences: 1, windows: [windowOf(vectorOf(title))] }),
  score: async (_, readings) => readings.map(() => Float32Array.of(0)),
};

const windowOf = (paper: Float32Array) => ({
  rows: [],
  paper,
  vectors: new Float32Array(0),
  topics: new Float32Array(0),
  scales: new Float32Array(0),
  ids: new Uint32Array(0),
  pieces: new Int8Array(0),
});

describe("Readings", () => {
  it("tells how near each paper is, and takes the mean for one that is not read yet", async () => {
    const readings = new Readings(directions, new ReadingFiles(temporaryFolder(), "directions"));
    const [east, north] = [await readings.question("east"), await readings.question("north")];
    const cosines = async (asked = east) => [...((await asked?.cosines(papers)) ?? [])];
    expect(await cosines()).toEqual([0, 0, 0]);
    const read = await north?.read([papers[0] as Paper, papers[2] as Paper]);
    expect(read?.map(({ cosine, sentences }) => [cosine, ...sentences])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    await readings.settled();
    expect(await cosines()).toEqual([1, 0.5, 0]);
    await east?.read(papers);
    await readings.settled();
    expect(await cosines()).toEqual([1, -1, 0]);
    expect(await cosines(north)).toEqual([0, 0, 1]);
  });

  it("leaves alone a question whose words the reader does not know", async () => {
    const store = new ReadingFiles(temporaryFolder(), "directions");
    const readings = new Readings({ ...directions, reads: () => false }, store);
    expect(await readings.question("لماذا؟")).toBeUndefined();
  });
});
