/** A thousand answers full of wrong markers, through the whole assistant: none may reach the final text. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAssistant } from "../../../src/assistant.ts";
import { loadConfig } from "../../../src/config.ts";
import type { Answer, AnswerEvent } from "../../../src/protocol.ts";
import { randomId } from "../../../src/util/strings.ts";
import { ModelServer } from "../../support/model-server/model-server.ts";
import type { Scenario } from "../../support/model-server/scenario.ts";

const STREAMS = 1000;
const QUESTION = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const SAID = [
  "CoreInfer reaches a 10.33 times speedup",
  "The sources agree",
  "Sparse activation is fixed before decoding",
  "In $x[3]$ and `a[2]` nothing is a note",
  "Das gilt auch für größere Modelle",
];
const MARKS = [
  "[1]",
  "[2]",
  " [3][1]",
  "[1, 2]",
  "[2-4]",
  "【1】",
  "[^2]",
  "[99]",
  "[0]",
  "[1, 77]",
  "[5-40]",
  "【88】",
  "[^12]",
  "(1)",
  "[[7]]",
  "[ 3 ]",
  "[1",
  "3]",
];

/** Park and Miller's generator: the same streams in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function fuzzed(seed: number): Scenario {
  const random = generator(seed + 1);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  const sentences = Array.from(
    { length: 1 + Math.floor(random() * 6) },
    () => `${pick(SAID)}${pick(MARKS)}${pick(MARKS)}. `,
  );
  const tokens: string[] = [];
  for (let rest = sentences.join(""); rest !== ""; ) {
    const length = 1 + Math.floor(random() * 7);
    tokens.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return { tokens, ends: "stop", chunkBytes: 1 + Math.floor(random() * 400) };
}

export async function benchFuzz(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  const models = await ModelServer.start();
  models.scripts.answer = (_, nth) => fuzzed(nth);
  const folders = { VECTORSTORE_DIR: path.join(folder, "vectorstore"), DATA_DIR: path.join(folder, "data") };
  const variables = { ...folders, MODELS_DIR: "vectorstore/models", ...models.environment("openai") };
  const assistant = createAssistant(loadConfig(variables, folder));
  await assistant.start();
  const count = { invented: 0, citations: 0, verbatim: 0, byModel: 0 };
  for (let at = 0; at < STREAMS; at++) {
    const answer = await last(assistant.ask({ owner: "local", messageId: randomId(), question: QUESTION }));
    count.invented += invented(answer);
    if (answer.fallback === undefined) count.byModel += 1;
    for (const { paperId, field, start, end, quote } of answer.citations) {
      const { paper } = await assistant.papers.get(paperId);
      count.citations += 1;
      if (quote !== "" && (field === "title" ? paper.title : paper.abstract).slice(start, end) === quote)
        count.verbatim += 1;
    }
  }
  console.log(
    `${STREAMS} fuzzed streams, ${count.byModel} of them the model's: ${count.invented} invented markers (0)`,
  );
  console.log(`citations verbatim at their offsets: ${count.verbatim} of ${count.citations}`);
  await assistant.close();
  await models.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Markers outside code and formulas that no note of the answer stands for. */
function invented({ text, citations }: Answer): number {
  const known = new Set(citations.map(({ marker }) => marker));
  const prose = text.replace(/\$[^$]*\$|`[^`]*`/g, "");
  return [...prose.matchAll(/\[(\d+)\]/g)].filter(([, marker]) => !known.has(Number(marker))).length;
}

async function last(events: AsyncGenerator<AnswerEvent, void>): Promise<Answer> {
  for await (const event of events) if (event.type === "done") return event.answer;
  throw new Error("no answer");
}
