/** Servers that send more than they were asked for, or send elsewhere. */
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config.ts";
import type { ModelDelta } from "../../../src/model/chat-model.ts";
import { LangChainChatModel } from "../../../src/model/langchain/langchain-chat-model.ts";
import { FORMATS, type ModelServer, type Provider } from "../../support/model-server/model-server.ts";
import { openModelServer } from "../../support/model-server/open-model-server.ts";
import { type Scenario, says } from "../../support/model-server/scenario.ts";

const PROVIDERS = Object.keys(FORMATS) as Provider[];
const MESSAGES = [
  { role: "system", content: "Answer." },
  { role: "user", content: "What?" },
] as const;

function* endless(part: string): Generator<string> {
  for (;;) yield part;
}

async function open(provider: Provider, scenario: Scenario) {
  const server = await openModelServer();
  server.scripts.answer = scenario;
  return { server, read: () => read(server, provider) };
}

/** All that a model of few tokens says; and what it threw. */
async function read(server: ModelServer, provider: Provider) {
  const variables = { ...server.environment(provider), LLM_MAX_TOKENS: "16" };
  const { languageModel } = loadConfig(variables, "/nonexistent");
  if (languageModel === undefined) throw new Error("no language model");
  const model = await LangChainChatModel.load(languageModel);
  const deltas: ModelDelta[] = [];
  const fault = await (async () => {
    for await (const delta of model.stream(MESSAGES)) deltas.push(delta);
  })().then(
    () => undefined,
    (error) => error,
  );
  return { text: deltas.map(({ text }) => text).join(""), finish: deltas.at(-1)?.finish, fault };
}

describe.each(PROVIDERS)("%s", (provider) => {
  const format = FORMATS[provider];
  const closed = (server: ModelServer) =>
    expect.poll(() => server.requests.at(-1)?.closedEarlyAt).toBeGreaterThan(0);

  it("is not read on in an event that has no end", async () => {
    const { server, read } = await open(provider, { raw: endless("x".repeat(10_000)) });
    expect((await read()).fault).toMatchObject({
      fault: "too-much",
      reason: "the model's server sent too much without an answer",
    });
    await closed(server);
    const begun = await open(provider, {
      raw: (function* () {
        yield format.token("Some words");
        yield* endless("x".repeat(10_000));
      })(),
    });
    expect(await begun.read()).toEqual({ text: "Some words", finish: "length", fault: undefined });
    await closed(begun.server);
  });

  it("is not read on while it says nothing, or thinks aloud", async () => {
    for (const token of [format.token(""), format.token("<think>")]) {
      const { server, read } = await open(provider, { raw: endless(token.repeat(100)) });
      expect((await read()).fault).toMatchObject({ fault: "too-much" });
      await closed(server);
    }
  });

  it("is read whole where it keeps to its tokens, in one event too", async () => {
    const text = '"\u0001'.repeat(64);
    const { read } = await open(provider, { tokens: [text] });
    expect(await read()).toMatchObject({ text, fault: undefined });
  });

  it("has no more of a refusal read than tells why", async () => {
    const { read } = await open(provider, { status: 500, message: "no ".repeat(5_000_000) });
    const { fault } = await read();
    expect(fault).toMatchObject({ fault: "server-failed" });
    expect(fault.message.length).toBeLessThan(400);
  });

  it.each([301, 302, 303, 307, 308])("is not followed to another origin by %s", async (status) => {
    const other = await openModelServer();
    other.scripts.answer = says("Not for you.");
    const { read } = await open(provider, {
      status,
      headers: { Location: `${other.url}${format.path}?token=secret` },
    });
    const { fault } = await read();
    expect(fault).toMatchObject({
      fault: "redirected",
      reason: "the model's server sends on to another address, which is not followed",
    });
    expect(fault.message).toContain(`to ${other.url}`);
    expect(fault.message).not.toContain("secret");
    expect([other.requests, other.strayed]).toEqual([[], []]);
  });

  it("is followed within its origin a few times, with the whole request", async () => {
    const { server, read } = await open(provider, {});
    const here = { status: 307, headers: { Location: format.path } };
    server.scripts.answer = (_, nth) => (nth < 3 ? here : says("Words."));
    expect(await read()).toMatchObject({ text: "Words.", fault: undefined });
    expect(server.requests.map(({ user }) => user)).toEqual(["What?", "What?", "What?", "What?"]);
    server.scripts.answer = here;
    expect((await read()).fault).toMatchObject({ fault: "redirected" });
    expect(server.requests).toHaveLength(8);
  });

  it.each([
    [302, format.path, "without the question"],
    [307, "http://", "to what is no address"],
    [307, "file:///etc/passwd", "to null"],
  ])("is not followed by %s to %s", async (status, Location, detail) => {
    const { server, read } = await open(provider, { status, headers: { Location } });
    const { fault } = await read();
    expect(fault).toMatchObject({ fault: "redirected", message: expect.stringContaining(detail) });
    expect(server.requests).toHaveLength(1);
  });
});
