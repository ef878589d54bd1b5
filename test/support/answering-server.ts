import { existsSync } from "node:fs";
import path from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import type { Answer, AnswerFrame } from "../../src/protocol.ts";
import { startServer } from "../../src/server/server.ts";
import { LOADED_MODELS } from "./loaded-models.ts";
import type { ModelServer, Provider } from "./model-server/model-server.ts";
import { testConfig } from "./open-assistant.ts";
import { copySeedsIndex } from "./seeds-index.ts";
import { SocketClient } from "./socket-client.ts";
import { temporaryFolder } from "./temporary-folder.ts";

interface Options {
  /** Holds the index; the first fills it. */
  readonly index: string;
  readonly provider?: Provider;
  readonly variables?: Record<string, string>;
}

/** The production server over the real seeds and a scripted model server. */
export class AnsweringServer {
  readonly assistant: Assistant;
  readonly url: string;
  /** What the operator is told. */
  readonly faults: unknown[];
  #asked = 0;

  static async start(models: ModelServer, options: Options): Promise<AnsweringServer> {
    const { index, provider = "openai", variables } = options;
    if (!existsSync(path.join(index, "manifest.json"))) copySeedsIndex(index);
    const config = testConfig(temporaryFolder(), {
      SEEDS_DIR: "seeds",
      VECTORSTORE_DIR: index,
      ...models.environment(provider),
      ...variables,
    });
    const faults: unknown[] = [];
    const onBackgroundError = (error: unknown) => faults.push(error);
    const assistant = createAssistant(config, { onBackgroundError, load: LOADED_MODELS });
    onTestFinished(() => assistant.close());
    await assistant.start();
    const logger = pino({ level: "silent" });
    const server = await startServer({
      assistant,
      config: { ...config.server, port: 0 },
      logger,
      webFolder: temporaryFolder(),
      version: "test",
    });
    onTestFinished(() => server.close(0));
    return new AnsweringServer(assistant, server.url, faults);
  }

  private constructor(assistant: Assistant, url: string, faults: unknown[]) {
    this.assistant = assistant;
    this.url = url;
    this.faults = faults;
  }

  async socket(): Promise<SocketClient> {
    const client = await SocketClient.open(`${this.url.replace("http", "ws")}/ws`);
    onTestFinished(() => client.drop());
    return client;
  }

  /** The frames of one answer, each checked against the contract. */
  async ask(question: string, conversationId?: string): Promise<AnswerFrame[]> {
    const client = await this.socket();
    this.#asked += 1;
    const more = conversationId === undefined ? {} : { conversationId };
    client.send({ type: "ask", requestId: `r${this.#asked}`, question, ...more });
    return client.answer();
  }
}

/** The Answer of the last frame. */
export function answerOf(frames: readonly AnswerFrame[]): Answer {
  const last = frames.at(-1);
  if (last?.type !== "done" && last?.type !== "aborted") throw new Error(`ended with ${last?.type}`);
  return last.answer;
}

/** What was shown while it streamed. */
export function streamed(frames: readonly AnswerFrame[]): string {
  return frames.flatMap((frame) => (frame.type === "delta" ? [frame.text] : [])).join("");
}
