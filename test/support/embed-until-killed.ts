/** Says the ids of its embedding processes once they compute, which they do for a long time, until it is killed. */
import { readdirSync, readFileSync, writeSync } from "node:fs";
import { ParallelEmbedder } from "../../src/embedding/parallel-embedder.ts";
import { BUNDLED, realEmbedder } from "./real-embedder.ts";

/** Words of one text: tokenizing them takes a minute, in which no event gets through. */
const WORDS = 10_000_000;

const embedder = new ParallelEmbedder(await realEmbedder(), BUNDLED, 2);
// Both have loaded the model.
await embedder.embed(["one", "two"], "passage");
const parentOf = (pid: string): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // It has ended meanwhile.
  }
};
const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === process.pid);
const text = "walk ".repeat(WORDS);
void embedder.embed([text, text], "passage");
setTimeout(() => writeSync(1, `${children.join(" ")}\n`), 500);
