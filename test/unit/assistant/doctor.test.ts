import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { checkDisk, checkNode, OLDEST_NODE } from "../../../src/assistant/doctor/check-host.ts";
import { checkModel, checkOutbound } from "../../../src/assistant/doctor/examine.ts";
import type { Finding } from "../../../src/assistant/doctor/finding.ts";
import { createAssistant, examineSetup } from "../../../src/assistant.ts";
import { SqliteDatabase } from "../../../src/store/sqlite/sqlite-database.ts";
import { thisProcess, WriterLockFolder } from "../../../src/store/writer-lock/writer-lock-folder.ts";
import { openModelServer } from "../../support/model-server/open-model-server.ts";
import { answerTo, testConfig } from "../../support/open-assistant.ts";
import { MODELS_FOLDER, realEmbedder } from "../../support/real-embedder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writePapers } from "../../support/write-papers.ts";

const ABSTRACT = "Walks on graphs converge fast. They rank pages by their links.";

/** A folder in which one paper is indexed and one question was asked. */
async function used(): Promise<string> {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/papers.jsonl`, [{ title: "On walks", abstract: ABSTRACT }]);
  const assistant = createAssistant(testConfig(folder));
  await assistant.start();
  await answerTo(assistant, "How fast do walks converge?");
  await assistant.close();
  return folder;
}

/** Without what SQLite keeps beside a database that is open, or was until lately. */
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !/-(wal|shm)$/.test(name))
    .sort();
const examine = (folder: string, variables: Record<string, string> = {}) =>
  examineSetup(testConfig(folder, variables));
const trouble = (findings: readonly Finding[]) => findings.filter(({ state }) => state !== "ok");
const messageOf = (findings: readonly Finding[], check: string) =>
  findings.find((finding) => finding.check === check)?.message;

describe("examineSetup", () => {
  it("finds nothing wrong with a fresh installation, and makes nothing", async () => {
    const folder = temporaryFolder();
    const findings = await examine(folder, { SEEDS_DIR: "seeds" });
    expect(trouble(findings)).toEqual([]);
    expect(messageOf(findings, "index")).toBe("Nothing is indexed yet: the first start indexes SEEDS_DIR");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("tells what is there, and changes nothing of it", async () => {
    const folder = await used();
    const before = filesBelow(folder);
    const findings = await examine(folder);
    expect(trouble(findings)).toEqual([]);
    expect(messageOf(findings, "model")).toMatch(
      /^EMBEDDING_MODEL "footnote\/papers-static" loads from .*256 dim/,
    );
    expect(messageOf(findings, "index")).toMatch(
      /^The index is whole: 1 paper, \d passages?, made within the hour/,
    );
    expect(messageOf(findings, "conversations")).toMatch(
      /conversations\.db is whole: 1 conversation, 2 messages, schema 3$/,
    );
    expect(messageOf(findings, "outbound")).toBe("EGRESS=models: No host outside is contacted");
    expect(filesBelow(folder)).toEqual(before);
  });

  it("names where a language model sends questions, without its key, and whether it would be there", async () => {
    const llm = {
      LLM: "openai:local",
      OPENAI_BASE_URL: "http://gpu.invalid:8080/v1",
      OPENAI_API_KEY: "sk-secret",
    };
    const findings = await examine(await used(), llm);
    expect(messageOf(findings, "outbound")).toBe(
      "EGRESS=models: Questions and the abstracts they match go to gpu.invalid:8080, for LLM=openai:local",
    );
    expect(trouble(findings).map(({ check, state }) => [check, state])).toEqual([
      ["language-model", "problem"],
    ]);
    expect(JSON.stringify(findings)).not.toContain("sk-secret");
    const usual = testConfig(temporaryFolder(), { LLM: "anthropic:claude", ANTHROPIC_API_KEY: "sk-secret" });
    expect(checkOutbound(usual).message).toContain("the usual address of anthropic");
  });

  it("names everything that goes out, and what EGRESS says of it", () => {
    const outbound = (variables: Record<string, string>) =>
      checkOutbound(testConfig(temporaryFolder(), variables)).message;
    expect(outbound({ EGRESS: "none" })).toBe("EGRESS=none: No host outside is contacted");
    const fetching = { EGRESS: "all", INGEST_ALLOW_NETWORK: "true" };
    expect(outbound(fetching)).toBe(
      "EGRESS=all: Ids of papers that an ingest names go to export.arxiv.org and api.crossref.org",
    );
    const traced = { LLM: "ollama:m", FOOTNOTE_TRACING: "true", INGEST_CONTACT: "me@example.org" };
    expect(outbound({ ...fetching, ...traced })).toMatch(
      /LLM=ollama:m\. Ids .*, with the address me@example\.org\. LangSmith is told/,
    );
  });

  it("asks the model's server for the model, and nobody where there is none", async () => {
    const models = await openModelServer();
    const folder = await used();
    const findings = await examine(folder, models.environment("ollama"));
    expect(trouble(findings)).toEqual([]);
    expect(messageOf(findings, "language-model")).toBe(
      `LLM=ollama:test-model at ${models.url}: the server has this model`,
    );
    const extractive = await examine(folder, { ...models.environment("ollama"), LLM: "extractive" });
    expect(messageOf(extractive, "language-model")).toBeUndefined();
    expect(models.listed).toBe(1);
  });

  it("stops asking when it is stopped", async () => {
    const config = testConfig(await used(), { LLM: "ollama:m", OLLAMA_BASE_URL: "http://127.0.0.1:1" });
    const findings = await examineSetup(config, AbortSignal.abort(new Error("enough")));
    expect(messageOf(findings, "language-model")).toBe("enough");
  });

  it("names every damaged file, all at once", async () => {
    const folder = await used();
    const [generation = ""] = readdirSync(`${folder}/vectorstore/index`);
    writeFileSync(`${folder}/vectorstore/index/${generation}/index.pb`, "damaged");
    writeFileSync(`${folder}/data/conversations.db`, "damaged ".repeat(1000));
    const findings = trouble(await examine(folder));
    expect(findings.map(({ check, state }) => [check, state])).toEqual([
      ["index", "problem"],
      ["conversations", "problem"],
    ]);
    expect(findings[0]?.message).toContain("index.pb is damaged");
    expect(findings[1]?.message).toContain("conversations.db is damaged: put a backup in its place");
  });

  it("names a manifest that is none", async () => {
    const folder = await used();
    writeFileSync(`${folder}/vectorstore/manifest.json`, "{");
    const [finding] = trouble(await examine(folder));
    expect(finding?.message).toContain(`${folder}/vectorstore/manifest.json`);
  });

  it("refuses the index of another model, and the database of a newer Footnote", async () => {
    const folder = await used();
    const database = new SqliteDatabase(`${folder}/data/conversations.db`);
    database.run("UPDATE schema_version SET version = 99");
    database.close();
    const findings = trouble(await examine(folder, { EMBEDDING_POOLING: "cls" }));
    expect(findings.map(({ check }) => check)).toEqual(["index", "conversations"]);
    expect(findings[0]?.message).toContain("footnote ingest --rebuild");
    expect(findings[1]?.message).toContain("schema version 99");
  });

  it("names a model that is missing, and who would be contacted to get it", async () => {
    const folder = temporaryFolder();
    const model = { SEEDS_DIR: "seeds", MODELS_DIR: `${folder}/models`, EMBEDDING_MODEL: "some/model" };
    const [missing] = trouble(await examine(folder, model));
    expect(missing).toMatchObject({ check: "model", state: "problem" });
    expect(missing?.message).toMatch(/"some\/model" is not on disk.*EMBEDDING_ALLOW_DOWNLOAD=true/);
    const allowed = trouble(await examine(folder, { ...model, EMBEDDING_ALLOW_DOWNLOAD: "true" }));
    expect(allowed.map(({ check, state }) => [check, state])).toEqual([
      ["model", "warning"],
      ["outbound", "warning"],
    ]);
    expect(allowed[1]?.message).toContain("huggingface.co");
    expect(existsSync(`${folder}/models`)).toBe(false);
  });

  it("names a model that is broken", async () => {
    const folder = temporaryFolder();
    cpSync(MODELS_FOLDER, `${folder}/models`, { recursive: true });
    writeFileSync(`${folder}/models/footnote/papers-static/onnx/model_quantized.onnx`, "broken");
    const [finding] = trouble(await examine(folder, { SEEDS_DIR: "seeds", MODELS_DIR: `${folder}/models` }));
    expect(finding).toMatchObject({ check: "model", state: "problem" });
    expect(finding?.message).toContain("cannot be loaded from");
  });

  it("warns of seeds that are not there or empty, and of a folder that is a file", async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/file`, "");
    mkdirSync(`${folder}/empty`);
    const [missing] = trouble(await examine(folder));
    expect(missing?.message).toBe(`SEEDS_DIR ${folder}/seeds: no such file or folder`);
    const findings = trouble(
      await examine(folder, { SEEDS_DIR: `${folder}/empty`, DATA_DIR: `${folder}/file` }),
    );
    expect(findings.map(({ state, message }) => `${state}: ${message}`)).toEqual([
      `warning: SEEDS_DIR ${folder}/empty: 0 files: put papers there, or name them to footnote ingest`,
      `problem: DATA_DIR ${folder}/file is a file: name a folder`,
    ]);
  });

  it("says who is writing the index", async () => {
    const folder = await used();
    await new WriterLockFolder(`${folder}/vectorstore`).take(
      await thisProcess(new Date("2026-01-02T03:04:05Z")),
    );
    expect(messageOf(await examine(folder), "writer")).toMatch(
      new RegExp(
        `^The index is being written by process ${process.pid} on .*, since 2026-01-02T03:04:05.000Z$`,
      ),
    );
  });
});

describe("single checks", () => {
  it("know the oldest Node that package.json allows", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(OLDEST_NODE.startsWith(engines.node.replace(">=", ""))).toBe(true);
    expect(checkNode("20.19.0").state).toBe("ok");
    expect(checkNode("22.4.1").state).toBe("ok");
    expect(checkNode("20.9.0")).toMatchObject({ state: "problem", message: /install 20\.19\.0 or newer/ });
  });

  it("know how much room the next index takes", async () => {
    const folder = path.join(temporaryFolder(), "not", "there");
    expect(await checkDisk("VECTORSTORE_DIR", folder, 0)).not.toMatchObject({ state: "problem" });
    const scarce = await checkDisk("VECTORSTORE_DIR", folder, 2 ** 60);
    expect(scarce.state).toBe("problem");
    expect(scarce.message).toMatch(
      /GiB free, the next write may need 1073741824\.0: make room on that disk$/,
    );
  });

  it("see a model whose vectors are none", async () => {
    const real = await realEmbedder();
    const broken = { ...real, dimension: 256, embed: async () => [new Float32Array(256).fill(Number.NaN)] };
    const config = testConfig(temporaryFolder());
    const { finding, embedder } = await checkModel(config, async () => broken);
    expect(finding.message).toContain("does not return unit vectors");
    expect(embedder).toBeUndefined();
  });
});
