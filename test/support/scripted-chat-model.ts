import { setTimeout as sleep } from "node:timers/promises";
import type { ChatMessage, ChatModel, ModelDelta } from "../../src/model/chat-model.ts";

/** What one request gets: deltas, pauses in milliseconds, and errors, in order. */
export type Step = ModelDelta | number | Error;

/** A chat model that does what the test says, request by request; the last script stays. */
export class ScriptedChatModel implements ChatModel {
  readonly name = "test:model";
  readonly requests: { readonly messages: readonly ChatMessage[]; stopped: boolean }[] = [];
  readonly #scripts: Iterable<Step>[];

  constructor(...scripts: Iterable<Step>[]) {
    this.#scripts = scripts;
  }

  async *stream(messages: readonly ChatMessage[], signal?: AbortSignal): AsyncGenerator<ModelDelta, void> {
    const request = { messages, stopped: false };
    this.requests.push(request);
    const script = this.#scripts.length > 1 ? this.#scripts.shift() : this.#scripts[0];
    signal?.addEventListener("abort", () => {
      request.stopped = true;
    });
    for (const step of script ?? []) {
      if (typeof step === "number") await sleep(step, undefined, signal === undefined ? {} : { signal });
      else if (step instanceof Error) throw step;
      else yield step;
    }
  }
}

/** The text as one delta. */
export function text(value: string): ModelDelta {
  return { text: value };
}
