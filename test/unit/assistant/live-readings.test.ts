import { describe, expect, it } from "vitest";
import { type BackgroundReader, LiveReadings } from "../../../src/assistant/index/live-readings.ts";
import type { PairReader } from "../../../src/reader/pair-reader.ts";
import { packReading, unpackReading } from "../../../src/reader/reading-format.ts";
import { ReadingFiles } from "../../../src/store/readings/reading-files.ts";
import { makePaper } from "../../support/make-paper.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const papers = Array.from(
  { length: 150 },
  (_, at) => makePaper({ title: `Paper ${at}`, abstract: `Number ${at}.` }).paper,
);
const revisions = papers.map(({ revision }) => revision);

/** A reading that says no more than how long the title is. */
const readingOf = ({ title }: { title: string }) => packReading({ sentences: title.length, windows: [] });

/** Scores by how long the title is. */
class CountingReader implements PairReader {
  readonly fingerprint = "counting";
  readonly titles: string[] = [];

  isWord(): boolean {
    return true;
  }

  reads(): boolean {
    return true;
  }

  async vector(): Promise<Float32Array> {
    return new Float32Array(256).fill(1);
  }

  async read(paper: { title: string }): Promise<Uint8Array> {
    this.titles.push(paper.title);
    return readingOf(paper);
  }

  async score(_: string, readings: readonly Uint8Array[]): Promise<Float32Array[]> {
    return readings.map((reading) => Float32Array.of(unpackReading(reading).sentences));
  }
}

function open(folder: string, read: BackgroundReader["read"]) {
  const store = new ReadingFiles(folder, "counting");
  const closing = new AbortController();
  const errors: unknown[] = [];
  const opened = { processes: 0, closed: 0 };
  const reader = new CountingReader();
  const live = new LiveReadings({
    reader,
    store,
    open: () => {
      opened.processes++;
      return { read, close: () => opened.closed++ };
    },
    signal: closing.signal,
    report: (error) => errors.push(error),
  });
  return { live, store, closing, errors, opened, reader };
}

const byTitle: BackgroundReader["read"] = async (some) => some.map(readingOf);

describe("LiveReadings", () => {
  it("reads every paper once, whichever process reads, and says how far it is", async () => {
    const folder = temporaryFolder();
    const states: string[] = [];
    const { live, store, errors, opened } = open(folder, async (some) => {
      states.push(live.state);
      return byTitle(some);
    });
    live.prepare(papers);
    await live.settled();
    expect(states).toEqual(["reading 0/150", "reading 64/150", "reading 128/150"]);
    expect([live.state, opened.processes, opened.closed]).toEqual(["ok", 1, 1]);
    expect(await store.missing(revisions)).toEqual([]);
    const again = open(folder, byTitle);
    again.live.prepare(papers);
    await again.live.settled();
    expect([again.opened.processes, errors]).toEqual([0, []]);
  });

  it("goes on after a kill where it was", async () => {
    const folder = temporaryFolder();
    const first = open(folder, async (some, signal) => {
      if (some.some(({ title }) => title === "Paper 64")) first.closing.abort();
      signal?.throwIfAborted();
      return byTitle(some);
    });
    first.live.prepare(papers);
    await first.live.settled();
    expect(await first.store.missing(revisions)).toHaveLength(150 - 64);
    expect(first.errors).toEqual([]);
    const read: string[] = [];
    const second = open(folder, async (some) => {
      read.push(...some.map(({ title }) => title));
      return byTitle(some);
    });
    second.live.prepare(papers);
    await second.live.settled();
    expect(read).toEqual(papers.slice(64).map(({ title }) => title));
  });

  it("leaves the rest to the questions when the process fails, and reports it", async () => {
    const { live, errors, opened } = open(temporaryFolder(), async () => {
      throw new Error("no memory");
    });
    live.prepare(papers);
    await live.settled();
    expect([live.state, opened.closed, String(errors[0])]).toEqual(["failed", 1, "Error: no memory"]);
  });

  it("turns to the papers of a newer index", async () => {
    const { live, store } = open(temporaryFolder(), byTitle);
    live.prepare(papers);
    live.prepare(papers.slice(0, 3));
    await live.settled();
    expect(await store.missing(revisions.slice(0, 3))).toEqual([]);
  });

  it("reads for a question what is missing, once, and keeps it", async () => {
    const { live, store, reader } = open(temporaryFolder(), byTitle);
    const some = papers.slice(0, 2);
    const asked = await live.readings.question("why?");
    const read = await asked?.read(some);
    expect(read?.map(({ sentences }) => [...sentences])).toEqual([[7], [7]]);
    await asked?.read(some);
    await live.settled();
    expect(reader.titles).toEqual(["Paper 0", "Paper 1"]);
    expect(await store.missing(revisions.slice(0, 3))).toEqual(revisions.slice(2, 3));
  });
});
