import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Answer } from "../../src/protocol.ts";
import { runCli } from "../support/cli-process.ts";
import { KEY, type ModelServer } from "../support/model-server/model-server.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { copySeedsIndex } from "../support/seeds-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const QUESTION = "How fast is decoding in NIRVANA?";
const ASK = ["ask", QUESTION, "--json"];

const folder = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
copySeedsIndex(path.join(folder, "vectorstore"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that makes LangChain trace, at the model server: whatever is sent there strays. */
function tracing(server: ModelServer): Record<string, string> {
  return {
    LANGSMITH_TRACING: "true",
    LANGSMITH_TRACING_V2: "true",
    LANGCHAIN_TRACING: "true",
    LANGCHAIN_TRACING_V2: "true",
    LANGSMITH_API_KEY: "lsv2_test",
    LANGCHAIN_API_KEY: "lsv2_test",
    LANGSMITH_ENDPOINT: server.url,
    LANGCHAIN_ENDPOINT: server.url,
    LANGSMITH_GATEWAY: `${server.url}/gateway`,
    LANGCHAIN_VERBOSE: "true",
    LANGCHAIN_CALLBACKS_BACKGROUND: "false",
  };
}

async function openServer(): Promise<ModelServer> {
  const server = await openModelServer();
  server.scripts.answer = says("Decoding is fast [1].");
  return server;
}

/** The files of all modules that a process loaded, as V8 counts them. */
function loaded(coverage: string): string[] {
  return readdirSync(coverage).flatMap((file) => {
    const report: { result: { url: string }[] } = JSON.parse(readFileSync(path.join(coverage, file), "utf8"));
    return report.result.map(({ url }) => url);
  });
}

describe("a process with a language model", () => {
  it("traces to nobody, whatever the environment asks for", async () => {
    const server = await openServer();
    const { stdout } = await runCli(folder, ASK, { ...tracing(server), ...server.environment("openai") });
    expect(Answer.parse(JSON.parse(stdout)).model).toBe("openai:test-model");
    expect(server.of("answer")).toHaveLength(1);
    expect(server.strayed).toEqual([]);
  });

  it("prints the answer alone, whatever the model's client has to say", async () => {
    const server = await openServer();
    const thought = {
      index: 0,
      delta: { content: [{ type: "thinking", thinking: [] }] },
      finish_reason: null,
    };
    server.scripts.answer = { raw: [`data: ${JSON.stringify({ choices: [thought] })}\n\n`], ends: "stop" };
    const { stdout } = await runCli(folder, ASK, server.environment("openai"));
    expect(Answer.parse(JSON.parse(stdout)).fallback?.from).toBe("openai:test-model");
  });

  it("traces when FOOTNOTE_TRACING lets it", async () => {
    const server = await openServer();
    const environment = { ...tracing(server), LANGCHAIN_VERBOSE: "", FOOTNOTE_TRACING: "true" };
    await runCli(folder, ASK, { ...environment, ...server.environment("openai") });
    expect(server.strayed.length).toBeGreaterThan(0);
  });

  it("has a doctor that asks the model's server, traces to nobody, and fails when questions would", async () => {
    const server = await openServer();
    server.listsModels = false;
    server.models = [];
    const environment = { ...tracing(server), ...server.environment("openai") };
    const { code, stdout, stderr } = await runCli(folder, ["doctor"], environment);
    expect(stdout).toMatch(/^problem {2}LLM=openai:test-model .* does not know this model .*: correct LLM$/m);
    expect(code).toBe(1);
    expect(server.strayed).toEqual(["GET /v1/models"]);
    expect(stdout + stderr).not.toContain(KEY);
  });

  it("has a doctor that does not say ok where nothing listens", async () => {
    const server = await openServer();
    const environment = server.environment("openai");
    await server.close();
    const { code, stdout, stderr } = await runCli(folder, ["doctor", "--json"], environment);
    expect(stdout).toContain("nothing answers at the address of the model's server (ECONNREFUSED)");
    expect([code, JSON.parse(stdout).ok]).toEqual([1, false]);
    expect(stdout + stderr).not.toContain(KEY);
  });

  it("says in one line what is wrong with LLM", async () => {
    const form = "takes extractive or provider:model, such as openai:gpt-4o-mini or ollama:llama3.2";
    const wrong: Record<string, string> = {
      "gpt-4o": form,
      "openai:": form,
      "openai:gpt-4o": "needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server without keys",
      "groq:llama": "needs the package @langchain/groq: npm install @langchain/groq",
    };
    for (const [LLM, message] of Object.entries(wrong)) {
      const { code, stderr, stdout } = await runCli(folder, ["ask", QUESTION], { LLM, OPENAI_API_KEY: "" });
      expect(stderr).toBe(`footnote: LLM="${LLM}": ${message}\n`);
      expect([code, stdout]).toEqual([78, ""]);
    }
  });
});

describe("a process without one", () => {
  it("loads nothing of LangChain and calls nobody, whatever keys are set", async () => {
    const server = await openServer();
    const coverage = temporaryFolder();
    const environment = {
      ...tracing(server),
      ...server.environment("openai"),
      ...server.environment("anthropic"),
    };
    const { code, stdout } = await runCli(folder, ASK, {
      ...environment,
      LLM: "extractive",
      NODE_V8_COVERAGE: coverage,
    });
    expect(code).toBe(0);
    expect(Answer.parse(JSON.parse(stdout)).model).toBe("extractive");
    const files = loaded(coverage);
    expect(files.some((file) => file.endsWith("/dist/assistant.js"))).toBe(true);
    expect(
      files.filter((file) => /node_modules\/(@?langchain|langsmith|openai|ollama|@anthropic-ai)/.test(file)),
    ).toEqual([]);
    expect([server.requests, server.strayed]).toEqual([[], []]);
  });
});
