/** How much later a token reaches the client through Footnote: alone, and among a hundred streams. */
import { percentile } from "../../../src/util/statistics.ts";
import { startFootnote, startUpstream } from "./processes.ts";
import { type Reading, readFootnote, readRaw } from "./readers.ts";

const QUESTION = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const TOKENS = 500;
const GAP_MS = 20;
const STREAMS = 100;
/** One after the other, the first ones unmeasured. */
const ALONE = 20;
const WARM_UP = 5;
const ALONE_TOKENS = 200;

export async function benchStreams(): Promise<void> {
  await benchAlone();
  await benchMany();
}

async function benchAlone(): Promise<void> {
  const upstream = await startUpstream(ALONE_TOKENS, 5);
  const footnote = await startFootnote(upstream.url);
  const read = async (one: () => Promise<Reading>): Promise<Reading[]> => {
    const readings: Reading[] = [];
    for (let at = 0; at < ALONE; at++) readings.push(await one());
    return readings.slice(WARM_UP);
  };
  const raw = (await read(() => readRaw(upstream.url))).flatMap(({ late }) => late);
  const through = await read(() => readFootnote(footnote.url, upstream.url, QUESTION));
  const late = through.flatMap((reading) => reading.late);
  const first = through.map((reading) => reading.late[0] ?? Number.NaN);
  show("raw upstream, a delta's lateness", raw);
  show("through Footnote, a delta's lateness", late);
  // The machine's own noise is in both.
  const over = (share: number): string => (percentile(late, 0.99) - percentile(raw, share)).toFixed(2);
  console.log(
    `overhead a delta: its p99 over the raw stream's p99 ${over(0.99)}, over its p50 ${over(0.5)} ms (≤ 5)`,
  );
  show("first token → first delta (≤ 20)", first);
  await footnote.close();
  await upstream.close();
}

async function benchMany(): Promise<void> {
  const upstream = await startUpstream(TOKENS, GAP_MS);
  const footnote = await startFootnote(upstream.url);
  const many = (one: () => Promise<Reading>): Promise<Reading[]> =>
    Promise.all(Array.from({ length: STREAMS }, one));
  const readMany = async () => ({
    control: await many(() => readRaw(upstream.url)),
    through: await many(() => readFootnote(footnote.url, upstream.url, QUESTION)),
  });
  // In the first seconds of any of the three processes its code is still being compiled: shown, but not the figure.
  const cold = await readMany();
  const before = footnote.cpuTime();
  const { control, through } = await readMany();
  const cpuTime = footnote.cpuTime() - before;
  const complete = through.filter((reading) => reading.complete).length;
  const [raw, late] = [control, through].map((readings) => readings.flatMap((reading) => reading.late));
  console.log(`${STREAMS} streams of ${TOKENS} tokens at ${1000 / GAP_MS} a second: ${complete} complete`);
  show("control, a delta's lateness", raw ?? []);
  show("through Footnote, a delta's lateness", late ?? []);
  show(
    "the same by token, held back markers too",
    through.flatMap((reading) => reading.held),
  );
  const warm = shareOfControl({ control, through });
  console.log(`lateness p99.9, share of the control's: ${warm} (≤ 1.5), cold ${shareOfControl(cold)}`);
  console.log(
    `CPU time a token: ${((cpuTime / (STREAMS * TOKENS)) * 1000).toFixed(0)} µs of Footnote's process`,
  );
  console.log(`peak memory: ${footnote.peakMemory().toFixed(0)} MiB (≤ 400)`);
  await footnote.close();
  await upstream.close();
}

function shareOfControl({ control, through }: { control: Reading[]; through: Reading[] }): string {
  const [raw = 0, late = 0] = [control, through].map((readings) =>
    percentile(
      readings.flatMap((reading) => reading.late),
      0.999,
    ),
  );
  return (late / raw).toFixed(2);
}

function show(what: string, took: readonly number[]): void {
  const at = (share: number) => percentile(took, share).toFixed(2);
  console.log(`${what.padEnd(40)} p50 ${at(0.5)} p99 ${at(0.99)} p99.9 ${at(0.999)} ms (n=${took.length})`);
}
