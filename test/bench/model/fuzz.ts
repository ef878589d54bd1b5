/** Two thousand answers full of wrong markers and of all forms of citation, through the whole assistant: none may reach the final text. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAssistant } from "../../../src/assistant.ts";
import { loadConfig } from "../../../src/config.ts";
import type { Answer, AnswerEvent } from "../../../src/protocol.ts";
import { randomId } from "../../../src/util/strings.ts";
import { fuzzedAnswer, inventedMarkers } from "../../support/fuzzed-answer.ts";
import { ModelServer } from "../../support/model-server/model-server.ts";
import type { Scenario } from "../../support/model-server/scenario.ts";

const STREAMS = 2000;
const QUESTION = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const fuzzed = (seed: number): Scenario => ({ ...fuzzedAnswer(seed), ends: "stop" });

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
    count.invented += inventedMarkers(answer.text, answer.citations).length;
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

async function last(events: AsyncGenerator<AnswerEvent, void>): Promise<Answer> {
  for await (const event of events) if (event.type === "done") return event.answer;
  throw new Error("no answer");
}
