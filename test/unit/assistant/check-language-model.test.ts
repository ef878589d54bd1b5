import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkLanguageModel } from "../../../src/assistant/doctor/check-language-model.ts";
import { loadConfig } from "../../../src/config.ts";
import { FORMATS, KEY, type ModelServer, type Provider } from "../../support/model-server/model-server.ts";
import { openModelServer } from "../../support/model-server/open-model-server.ts";
import { FAULTS, says } from "../../support/model-server/scenario.ts";

const PROVIDERS = Object.keys(FORMATS) as Provider[];

async function check(variables: Record<string, string>, signal?: AbortSignal) {
  const { languageModel } = loadConfig(variables, "/nonexistent");
  if (languageModel === undefined) throw new Error("no language model");
  const { state, message } = await checkLanguageModel(languageModel, signal);
  expect(message).not.toContain(KEY);
  return `${state}: ${message}`;
}

/** The address of a server that answers every request so. */
async function serverThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const pathOf = (provider: Provider) => (provider === "openai" ? "/v1" : "");
const address = (provider: Provider) => `${provider.toUpperCase()}_BASE_URL`;

describe.each(PROVIDERS)("a server of %s", (provider) => {
  const environment = (server: ModelServer, more: Record<string, string> = {}) => ({
    ...server.environment(provider),
    ...more,
  });
  const subject = (server: ModelServer) => `LLM=${provider}:test-model at ${server.url}${pathOf(provider)}`;

  it("that has the model is asked for that alone", async () => {
    const server = await openModelServer();
    expect(await check(environment(server))).toBe(`ok: ${subject(server)}: the server has this model`);
    expect(server.requests).toEqual([]);
    expect(server.strayed).toEqual([]);
  });

  it("that tells nothing of its models is asked a word, and read to its first", async () => {
    const server = await openModelServer();
    server.listsModels = false;
    server.scripts.answer = says("Good day to you. ".repeat(100), { gapMs: 5 });
    expect(await check(environment(server))).toBe(`ok: ${subject(server)}: the model answers`);
    expect(server.requests).toMatchObject([{ system: "", user: "Hello" }]);
    await expect.poll(() => server.requests[0]?.closedEarlyAt).toBeGreaterThan(0);
  });

  it.each([true, false])("that does not have the model is named, with its models told: %s", async (lists) => {
    const server = await openModelServer();
    server.models = ["other", "another"];
    server.listsModels = lists;
    const has = lists && provider !== "anthropic";
    const names = provider === "ollama" ? "other:latest, another:latest" : "other, another";
    const fix = provider === "ollama" ? "ollama pull test-model" : "correct LLM";
    const told = await check(environment(server));
    expect(told).toContain(
      `problem: ${subject(server)}: the model's server does not know this model (HTTP 404: `,
    );
    expect(told.endsWith(`: ${fix}${has ? `, or set LLM to one that it has: ${names}` : ""}`)).toBe(true);
  });

  it("that listens nowhere", async () => {
    const server = await openModelServer();
    const { url } = server;
    await server.close();
    const told = await check({ LLM: `${provider}:m`, ...elsewhere(provider, url) });
    expect(told).toBe(
      `problem: LLM=${provider}:m at ${url}: nothing answers at the address of the model's server ` +
        `(ECONNREFUSED): start the server, or correct ${address(provider)}`,
    );
  });

  it("whose name does not exist", async () => {
    const told = await check({ LLM: `${provider}:m`, ...elsewhere(provider, "http://gpu.invalid/") });
    expect(told).toMatch(/at http:\/\/gpu\.invalid: the address of the model's server does not exist \(E/);
  });

  it("that answers at another path", async () => {
    const server = await openModelServer();
    const wrong = provider === "openai" ? ["", "/", "/v1/chat/completions"] : ["/v1", "/v1/", "/api"];
    for (const path of wrong) {
      const told = await check(environment(server, { [address(provider)]: server.url + path }));
      expect(told, path).toMatch(
        /^problem: .*: the model's server has nothing at the address .*\(HTTP 404 of \//,
      );
      expect(told, path).toContain(`: try ${address(provider)}=${server.url}${pathOf(provider)}`);
    }
    expect(server.requests).toEqual([]);
  });

  it("that is another program's, with pages", async () => {
    const page: RequestListener = (_, response) =>
      response
        .setHeader("Content-Type", "text/html; charset=utf-8")
        .end("<!doctype html><title>model</title>");
    const staticPage: RequestListener = (request, response) =>
      request.method === "GET" ? page(request, response) : response.writeHead(405).end();
    const missing: RequestListener = (_, response) =>
      response.writeHead(404).end("<html>no such model page</html>");
    for (const answers of [page, staticPage, missing]) {
      const url = await serverThat(answers);
      const told = await check({ LLM: `${provider}:m`, ...elsewhere(provider, `${url}${pathOf(provider)}`) });
      expect(told).toContain("the model's server has nothing at the address that is set for it (HTTP ");
      expect(told.endsWith(`: correct ${address(provider)}`)).toBe(true);
    }
  });

  it("that says something else with every success", async () => {
    const url = await serverThat((_, response) =>
      response
        .setHeader("Content-Type", "application/json")
        .end('{"error":"Unexpected endpoint or method."}'),
    );
    const told = await check({ LLM: `${provider}:m`, ...elsewhere(provider, url) });
    expect(told).toMatch(/^problem: /);
    if (provider === "openai") expect(told).toContain(`empty: try OPENAI_BASE_URL=${url}/v1`);
  });

  it("that refuses the key, without a word of it", async () => {
    if (provider === "ollama") return;
    const server = await openModelServer();
    const name = `${provider.toUpperCase()}_API_KEY`;
    for (const lists of [true, false]) {
      server.listsModels = lists;
      const told = await check(environment(server, { [name]: "sk-secret-that-nobody-may-see" }));
      expect(told).toBe(
        `problem: ${subject(server)}: the key for the model was refused (HTTP 401): correct ${name}`,
      );
    }
  });

  it("that never answers is not waited for, nor one that is stopped", async () => {
    const server = await openModelServer();
    server.listsModels = false;
    server.scripts.answer = FAULTS["no first token"];
    const url = await serverThat(() => {});
    const silent = { LLM: `${provider}:m`, ...elsewhere(provider, url), LLM_TIMEOUT_MS: "50" };
    expect(await check(silent)).toMatch(
      /: the model did not begin to answer in time \(50 ms\): see what keeps the server, or raise LLM_TIMEOUT_MS$/,
    );
    const stop = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => stop.abort(reason), 20);
    await expect(check({ ...silent, LLM_TIMEOUT_MS: "30000" }, stop.signal)).rejects.toBe(reason);
  });

  it("that fails, or asks to wait", async () => {
    const server = await openModelServer();
    server.listsModels = false;
    for (const name of ["server error", "rate limit", "empty"] as const) {
      server.scripts.answer = FAULTS[name];
      const told = await check(environment(server));
      expect(told.startsWith(name === "empty" ? "ok" : "problem"), told).toBe(true);
    }
  });
});

/** Variables for a server elsewhere. */
function elsewhere(provider: Provider, url: string): Record<string, string> {
  return {
    [address(provider)]: url,
    ...(provider === "ollama" ? {} : { [`${provider.toUpperCase()}_API_KEY`]: KEY }),
  };
}

it("a list without an end, or of something else, is read to a bound, and a word tells", async () => {
  let sent = 0;
  const url = await serverThat((request, response) => {
    if (request.method === "POST") return void response.writeHead(404).end('{"error":"model not found"}');
    response.writeHead(200, { "Content-Type": "application/json" });
    const more = (): void => {
      while (!response.destroyed && response.write(" ".repeat(65_536))) sent += 65_536;
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  const told = await check({ LLM: "openai:m", OPENAI_BASE_URL: `${url}/v1` });
  expect(told).toContain("does not know this model");
  expect(sent).toBeLessThan(40_000_000);
});

it("an address is shown without the name and password in it", async () => {
  const told = await check({
    LLM: "openai:m",
    OPENAI_BASE_URL: "http://me:secret-word@127.0.0.1:9/v1?k=secret-word",
  });
  expect(told).toContain("LLM=openai:m at http://127.0.0.1:9/v1: ");
  expect(told).not.toContain("secret-word");
});
