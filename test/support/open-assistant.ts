import { onTestFinished } from "vitest";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import type { Answer, AnswerEvent } from "../../src/protocol.ts";
import { randomId } from "../../src/util/strings.ts";
import { LOADED_MODELS } from "./loaded-models.ts";
import { MODELS_FOLDER } from "./real-embedder.ts";

/** The configuration of a test: everything in `folder`, the bundled model. `variables` win. */
export function testConfig(folder: string, variables: Record<string, string> = {}): Config {
  return loadConfig(
    {
      SEEDS_DIR: `${folder}/seeds`,
      VECTORSTORE_DIR: `${folder}/vectorstore`,
      DATA_DIR: `${folder}/data`,
      MODELS_DIR: MODELS_FOLDER,
      ...variables,
    },
    folder,
  );
}

/** The real assistant, closed when the test has finished. A background error fails the test. */
export function openAssistant(config: Config): Assistant {
  const errors: unknown[] = [];
  const onBackgroundError = (error: unknown) => errors.push(error);
  const assistant = createAssistant(config, { onBackgroundError, load: LOADED_MODELS });
  onTestFinished(async () => {
    await assistant.close();
    if (errors.length > 0) throw errors[0];
  });
  return assistant;
}

export async function events(stream: AsyncGenerator<AnswerEvent, void>): Promise<AnswerEvent[]> {
  const all: AnswerEvent[] = [];
  for await (const event of stream) all.push(event);
  return all;
}

/** The whole answer to a question of the owner `local`. */
export async function answerTo(
  assistant: Assistant,
  question: string,
  more: Partial<Parameters<Assistant["ask"]>[0]> = {},
): Promise<Answer> {
  const stream = assistant.ask({ owner: "local", messageId: randomId(), question, ...more });
  const last = (await events(stream)).at(-1);
  if (last?.type !== "done" && last?.type !== "aborted")
    throw new Error(`the stream ended with ${last?.type}`);
  return last.answer;
}
