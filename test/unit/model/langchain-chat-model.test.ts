import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config.ts";
import type { ChatModel, ModelDelta } from "../../../src/model/chat-model.ts";
import { LangChainChatModel } from "../../../src/model/langchain/langchain-chat-model.ts";
import { FORMATS, KEY, ModelServer, type Provider } from "../../support/model-server/model-server.ts";
import { openModelServer } from "../../support/model-server/open-model-server.ts";
import { FAULTS, type Scenario, says } from "../../support/model-server/scenario.ts";
import { USAGE } from "../../support/model-server/wire-format.ts";
import { thrownBy } from "../../support/thrown-by.ts";

const MESSAGES = [
  { role: "system", content: "Answer." },
  { role: "user", content: "What?" },
] as const;
const PROVIDERS = Object.keys(FORMATS) as Provider[];
const TEXT = "Größer als 10.33× [1] – “très bien” 漢字 😀👩‍👩‍👧 done.";

async function load(variables: Record<string, string>): Promise<ChatModel> {
  const { languageModel } = loadConfig(variables, "/nonexistent");
  if (languageModel === undefined) throw new Error("no language model");
  return LangChainChatModel.load(languageModel);
}

async function read(model: ChatModel, signal?: AbortSignal): Promise<ModelDelta[]> {
  const deltas: ModelDelta[] = [];
  for await (const delta of model.stream(MESSAGES, signal)) deltas.push(delta);
  return deltas;
}

const textOf = (deltas: readonly ModelDelta[]): string => deltas.map(({ text }) => text).join("");

describe.each(PROVIDERS)("%s", (provider) => {
  async function open(scenario: Scenario): Promise<{ server: ModelServer; model: ChatModel }> {
    const server = await openModelServer();
    server.scripts.answer = scenario;
    return { server, model: await load(server.environment(provider)) };
  }

  it.each([undefined, 1, 2, 3, 7])("gives the text whole, cut into %s bytes", async (chunkBytes) => {
    const { model, server } = await open(says(TEXT, chunkBytes === undefined ? {} : { chunkBytes }));
    const deltas = await read(model);
    expect(textOf(deltas)).toBe(TEXT);
    expect(deltas.findLast(({ usage }) => usage)?.usage).toEqual({
      inputTokens: USAGE.input,
      outputTokens: USAGE.output,
    });
    expect(deltas.findLast(({ finish }) => finish)?.finish).toBe("stop");
    expect(server.requests).toMatchObject([
      { system: "Answer.", user: "What?", body: { model: "test-model" } },
    ]);
    expect(server.strayed).toEqual([]);
  });

  it("tells why the model ended", async () => {
    for (const ends of ["length", "filtered"] as const) {
      const { model } = await open(says("Some", { ends }));
      expect((await read(model)).findLast(({ finish }) => finish)?.finish).toBe(ends);
    }
  });

  it.each<[keyof typeof FAULTS, string]>([
    ["unknown model", "unknown-model"],
    ["rate limit", "rate-limited"],
    ["server error", "server-failed"],
    ["broken off", "broken-off"],
    ["hung up", "broken-off"],
    ["empty", "none"],
  ])("knows %s", async (name, fault) => {
    const { model } = await open(FAULTS[name]);
    const outcome = await read(model).then(
      () => "none",
      (error) => error.fault,
    );
    expect(outcome).toBe(fault);
  });

  it("fails on what cannot be read, and on an error in the stream", async () => {
    for (const name of ["invalid JSON", "error in the stream"] as const) {
      const { model } = await open(FAULTS[name]);
      await expect(read(model)).rejects.toMatchObject({ name: "ModelError" });
    }
  });

  it("closes the connection when it is aborted, and when nobody reads on", async () => {
    // It says no more, and does not end either: nothing but the abort closes the connection.
    const { model, server } = await open(says(TEXT, { ends: "stall" }));
    const stop = new AbortController();
    const reason = new Error("enough");
    const reading = (async () => {
      for await (const { text } of model.stream(MESSAGES, stop.signal)) if (text !== "") stop.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    await expect.poll(() => server.requests[0]?.closedEarlyAt).toBeGreaterThan(0);
    for await (const { text } of model.stream(MESSAGES)) if (text !== "") break;
    await expect.poll(() => server.requests[1]?.closedEarlyAt).toBeGreaterThan(0);
  });

  it("aborts one of two requests alone", async () => {
    const { model } = await open(says(TEXT, { gapMs: 5 }));
    const stop = new AbortController();
    const other = read(model);
    const aborted = read(model, stop.signal);
    setTimeout(() => stop.abort(), 30);
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    expect(textOf(await other)).toBe(TEXT);
  });

  it("does not repeat a key that is refused", async () => {
    if (provider === "ollama") return;
    const server = await openModelServer();
    const key = "sk-secret-that-nobody-may-see";
    const name = `${provider.toUpperCase()}_API_KEY`;
    const model = await load({ ...server.environment(provider), [name]: key });
    const error = await read(model).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fault: "key-refused", reason: "the key for the model was refused" });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(key);
  });
});

describe("load", () => {
  it("names the package of a provider that is not installed", async () => {
    const error = await thrownBy(() => load({ LLM: "groq:llama-3.3-70b" }));
    expect(error.message).toBe(
      'LLM="groq:llama-3.3-70b": needs the package @langchain/groq: npm install @langchain/groq',
    );
  });

  it("names the providers when there is none of that name", async () => {
    const error = await thrownBy(() => load({ LLM: "nobody:model" }));
    expect(error.message).toMatch(
      /^LLM="nobody:model": there is no provider "nobody"; LangChain knows openai, anthropic/,
    );
  });

  it("knows what nobody answers, and what does not exist", async () => {
    const server = await ModelServer.start();
    const refused = await load(server.environment("openai"));
    await server.close();
    await expect(read(refused)).rejects.toMatchObject({ fault: "refused" });
    const nowhere = await load({ LLM: "openai:m", OPENAI_BASE_URL: "http://no-such-host.invalid/v1" });
    await expect(read(nowhere)).rejects.toMatchObject({ fault: "unknown-host" });
  });

  it("hands on temperature and length", async () => {
    const server = await openModelServer();
    server.scripts.answer = says("Yes.");
    const more = { LLM_TEMPERATURE: "0.3", LLM_MAX_TOKENS: "77" };
    await read(await load({ ...server.environment("openai"), ...more }));
    await read(await load({ ...server.environment("anthropic"), ...more }));
    await read(await load({ ...server.environment("ollama"), ...more }));
    expect(server.requests.map(({ body }) => body)).toMatchObject([
      { temperature: 0.3, max_tokens: 77 },
      { temperature: 0.3, max_tokens: 77 },
      { options: { temperature: 0.3, num_predict: 77, num_ctx: 8192 } },
    ]);
    expect(server.requests.map(({ headers }) => headers.authorization ?? headers["x-api-key"])).toEqual([
      `Bearer ${KEY}`,
      KEY,
      undefined,
    ]);
  });
});
