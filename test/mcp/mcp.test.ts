import path from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import { McpSessions } from "../../src/mcp/mcp-http.ts";
import { startServer } from "../../src/server/server.ts";
import { LOADED_MODELS } from "../support/loaded-models.ts";
import { testConfig } from "../support/open-assistant.ts";
import { copySeedsIndex } from "../support/seeds-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { ALICE, apiKeys, BOB, bearer } from "../support/two-owners.ts";

const PAPER = "Massive Activations in Large Language Models";

interface ToolResult {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent?: Record<string, unknown>;
}

const JSON_HEADERS = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};
const LIST = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });

async function openServer({ withKeys = false } = {}) {
  const folder = temporaryFolder();
  copySeedsIndex(path.join(folder, "vectorstore"));
  const config = testConfig(folder, { SEEDS_DIR: "seeds" });
  const assistant = createAssistant(config, { load: LOADED_MODELS });
  onTestFinished(() => assistant.close());
  await assistant.start();
  const faults: unknown[] = [];
  const report = (error: unknown) => faults.push(error);
  const sessions = new McpSessions({ assistant, version: "1.2.3", base: "http://papers.test", report });
  const server = await startServer({
    assistant,
    config: { ...config.server, port: 0, apiKeys: withKeys ? apiKeys : [] },
    logger: pino({ level: "silent" }),
    webFolder: temporaryFolder(),
    version: "1.2.3",
    integrations: [
      {
        path: "/mcp",
        methods: ["get", "post", "delete"],
        access: "owners",
        jsonBytes: 100_000,
        handle: (request, response, caller) =>
          sessions.handle(request, response, caller, (request as { body?: unknown }).body),
      },
    ],
  });
  onTestFinished(() => server.close(0));
  return { url: new URL(`${server.url}/mcp`), assistant, faults };
}

async function connect(url: URL, key?: string) {
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  onTestFinished(() => client.close());
  const call = async (name: string, args: object) =>
    (await client.callTool({ name, arguments: args as Record<string, unknown> })) as unknown as ToolResult;
  return { client, transport, call };
}

describe("over HTTP", () => {
  it("lists tools in few tokens, and searches and fetches in the form of connectors", async () => {
    const { client, call } = await connect((await openServer()).url);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      "add_papers",
      "ask_papers",
      "compare_papers",
      "export_references",
      "fetch",
      "find_quote",
      "related_papers",
      "search",
      "summarize_paper",
    ]);
    // Four letters of JSON are a token or so.
    expect(JSON.stringify(tools).length / 4).toBeLessThan(3000);
    const found = await call("search", { query: "massive activations", limit: 3 });
    const { results } = JSON.parse(found.content[0]?.text ?? "") as {
      results: { id: string; title: string }[];
    };
    expect(results).toHaveLength(3);
    expect(results[0]?.title).toBe(PAPER);
    expect(found.structuredContent).toEqual({ results });
    const read = await call("fetch", { id: results[0]?.id });
    const document = JSON.parse(read.content[0]?.text ?? "");
    expect(Object.keys(document).sort()).toEqual(["id", "metadata", "text", "title", "url"]);
    expect(document.text).toMatch(
      /^<paper-[\w-]+>\nWe observe an empirical phenomenon[\s\S]*<\/paper-[\w-]+>$/,
    );
    expect(document.url).toMatch(/^http/);
  });

  it("asks, with progress and notes, and says so where nothing answers", async () => {
    const { client, call } = await connect((await openServer()).url);
    const stages: unknown[] = [];
    const asked = (await client.callTool(
      { name: "ask_papers", arguments: { question: "What are massive activations?" } },
      undefined,
      { onprogress: ({ message }) => stages.push(message) },
    )) as unknown as ToolResult;
    expect(stages).toContain("retrieving");
    expect(asked.structuredContent).toMatchObject({
      confidence: "high",
      citations: [{ title: PAPER, marker: 1 }],
    });
    expect(asked.content[0]?.text).toContain("Notes:\n[1]");
    const none = await call("ask_papers", { question: "Who won the cup of 1998?" });
    expect(none.structuredContent).toMatchObject({ confidence: "none", citations: [] });
  });

  it("summarizes, compares, finds quotes, and cites", async () => {
    const { client, call } = await connect((await openServer()).url);
    const found = await call("search", { query: "attention sinks", limit: 2 });
    const [one, two] = (found.structuredContent as { results: { id: string }[] }).results;
    expect((await call("summarize_paper", { id: one?.id })).structuredContent).toMatchObject({
      confidence: "high",
    });
    const compared = await call("compare_papers", { ids: [one?.id, two?.id] });
    expect(
      new Set(
        (compared.structuredContent as { citations: { paperId: string }[] }).citations.map(
          ({ paperId }) => paperId,
        ),
      ).size,
    ).toBe(2);
    expect((await call("export_references", { ids: [one?.id] })).content[0]?.text).toMatch(/^@\w+\{/);
    expect((await call("related_papers", { id: one?.id })).structuredContent).toMatchObject({
      results: [{}, {}, {}, {}, {}],
    });
    expect(
      (await call("find_quote", { text: "We call them massive activations." })).content[0]?.text,
    ).toContain(PAPER);
    const resource = await client.readResource({ uri: `paper://${one?.id}` });
    expect(JSON.stringify(resource)).toContain("paper-");
    const prompt = await client.getPrompt({ name: "literature_review", arguments: { topic: "pruning" } });
    expect(JSON.stringify(prompt)).toContain("pruning");
  });

  it("tells a tool's fault as its result, in words that a client may see", async () => {
    const { call } = await connect((await openServer()).url);
    expect(await call("fetch", { id: "nowhere" })).toEqual({
      isError: true,
      content: [{ type: "text", text: 'There is no paper with the id "nowhere".' }],
    });
    expect((await call("search", { query: "" })).isError).toBe(true);
    expect((await call("search", { query: "a", limit: 5000 })).isError).toBe(true);
  });

  it("tells the operator of its own faults, and the client no more than that there was one", async () => {
    const { url, assistant, faults } = await openServer();
    const { call } = await connect(url);
    const fault = new Error("/secret/path cannot be read");
    assistant.find = async () => {
      throw fault;
    };
    const { isError, content } = await call("find_quote", { text: "We walk." });
    expect(isError).toBe(true);
    expect(content[0]?.text).not.toContain("secret");
    expect(faults).toEqual([fault]);
    await call("fetch", { id: "nowhere" });
    expect(faults).toHaveLength(1);
  });

  it("stops an answer that is called off", async () => {
    const { client } = await connect((await openServer()).url);
    const stop = new AbortController();
    const asked = client.callTool(
      { name: "ask_papers", arguments: { question: "What is pruning?" } },
      undefined,
      {
        signal: stop.signal,
      },
    );
    stop.abort("enough");
    await expect(asked).rejects.toThrow();
    expect((await client.listTools()).tools.length).toBeGreaterThan(5);
  });

  it("keeps sessions to their owners and asks for keys, and only admins add papers", async () => {
    const { url } = await openServer({ withKeys: true });
    await expect(connect(url)).rejects.toThrow();
    const alice = await connect(url, ALICE);
    const bob = await connect(url, BOB);
    const names = async ({ client }: typeof bob) => (await client.listTools()).tools.map(({ name }) => name);
    expect(await names(alice)).toContain("add_papers");
    expect(await names(bob)).not.toContain("add_papers");
    const stolen = await fetch(url, {
      method: "POST",
      headers: { ...JSON_HEADERS, ...bearer(BOB), "mcp-session-id": alice.transport.sessionId ?? "" },
      body: LIST,
    });
    expect(stolen.status).toBe(404);
  });

  it("ends a session that its client deletes, and refuses one that is over", async () => {
    const { url } = await openServer();
    const { client, transport } = await connect(url);
    const id = transport.sessionId ?? "";
    await transport.terminateSession();
    const late = await fetch(url, {
      method: "POST",
      headers: { ...JSON_HEADERS, "mcp-session-id": id },
      body: LIST,
    });
    expect(late.status).toBe(404);
    await client.close();
    const early = await fetch(url, {
      method: "POST",
      headers: JSON_HEADERS,
      body: LIST,
    });
    expect(early.status).toBe(400);
  });
});

describe("over standard input and output", () => {
  it("answers the client that started it, and ends with it", async () => {
    const folder = temporaryFolder();
    copySeedsIndex(path.join(folder, "vectorstore"));
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [path.resolve("dist/cli/main.js"), "mcp"],
      env: {
        PATH: process.env.PATH ?? "",
        SEEDS_DIR: path.resolve("seeds"),
        MODELS_DIR: path.resolve("vectorstore/models"),
        VECTORSTORE_DIR: path.join(folder, "vectorstore"),
        DATA_DIR: path.join(folder, "data"),
      },
      stderr: "ignore",
    });
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport as Parameters<typeof client.connect>[0]);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain("add_papers");
    const asked = (await client.callTool({
      name: "ask_papers",
      arguments: { question: "What are massive activations?" },
    })) as unknown as ToolResult;
    expect(asked.structuredContent).toMatchObject({ confidence: "high" });
    const { pid } = transport;
    await client.close();
    expect(() => process.kill(pid ?? 0, 0)).toThrow();
  });
});
