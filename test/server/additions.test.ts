import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Addition } from "../../src/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { ServerProcess } from "../support/server-process.ts";
import { ALICE, BOB, bearer } from "../support/two-owners.ts";

const record = (bird: string, more = "") =>
  JSON.stringify({
    title: `A study of the ${bird}`,
    abstract: `We study the ${bird} in the north. We find that the ${bird} sings at dawn, and seldom at noon.${more}`,
  });

let server: ServerProcess;
const seeds = mkdtempSync(path.join(tmpdir(), "footnote-additions-"));

beforeAll(async () => {
  mkdirSync(seeds, { recursive: true });
  writeFileSync(path.join(seeds, "birds.jsonl"), `${record("wren")}\n${record("heron")}\n`);
  const environment = {
    SEEDS_DIR: seeds,
    INGEST_UPLOAD_MB: "1",
    API_KEYS: `alice:${ALICE}:admin,bob:${BOB}`,
  };
  server = await ServerProcess.start({ environment });
}, 60_000);

afterAll(() => server.stop());

/** Of whatever shape. */
// biome-ignore lint/suspicious/noExplicitAny: each test looks at what it expects
type Json = any;

async function call(
  method: string,
  to: string,
  body?: string | Blob,
  key = ALICE,
): Promise<{ status: number; body: Json }> {
  const headers = {
    ...bearer(key),
    ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}),
  };
  const response = await fetch(`${server.url}/api/${to}`, { method, headers, body: body ?? null });
  return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
}

async function opened(...files: (readonly [name: string, content: string])[]): Promise<string> {
  const { body } = await call("POST", "ingest", "{}");
  for (const [name, content] of files) {
    const sent = await call(
      "POST",
      `ingest/${body.id}/files?name=${encodeURIComponent(name)}`,
      new Blob([content]),
    );
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  }
  return body.id;
}

const addition = async (id: string): Promise<Addition> => (await call("GET", `ingest/${id}`)).body;
const state = (id: string) => eventually(async () => (await addition(id)).state);
const titles = async () =>
  (await call("GET", "papers?limit=100")).body.papers.map(({ title }: { title: string }) => title).sort();

async function ingested(id: string): Promise<Addition> {
  await call("POST", `ingest/${id}/start`);
  await state(id).toBe("done");
  return addition(id);
}

const BEFORE = ["A study of the heron", "A study of the wren"];

describe("papers added to a running server", () => {
  it("shows what would come in, takes it in, answers from it, and takes it back", async () => {
    const id = await opened(
      ["birds/new.jsonl", `${record("bittern")}\nno record\n${record("wren", " It hides.")}\n`],
      ["../../outside.jsonl", `${record("dunnock").replace("{", '{"year": "soon", ')}\n${record("heron")}\n`],
    );
    await call("POST", `ingest/${id}/preview`);
    await state(id).toBe("previewed");
    const { preview, files } = await addition(id);
    expect(files.map(({ name }) => name)).toEqual(["birds/new.jsonl", "outside.jsonl"]);
    expect(preview).toMatchObject({ added: 2, updated: 1, unchanged: 1, known: 1, problemCount: 1 });
    expect(preview?.problems).toMatchObject([{ file: "birds/new.jsonl", line: 2 }]);
    expect(await titles()).toEqual(BEFORE);

    const { report, canUndo } = await ingested(id);
    expect(report?.notes).toMatchObject([{ file: "outside.jsonl", reason: expect.stringContaining("year") }]);
    expect(report).toMatchObject({ added: 2, updated: 1 });
    expect(report?.papers.map(({ title, change }) => `${change}: ${title}`)).toEqual([
      "added: A study of the bittern",
      "added: A study of the dunnock",
      "updated: A study of the wren",
    ]);
    expect(canUndo).toBe(true);
    const left = () => readdirSync(path.join(server.folder, "data", "additions", id));
    await eventually(left).toEqual(["addition.json"]);
    const asked = await call("POST", "ask", JSON.stringify({ question: "When does the bittern sing?" }));
    expect(asked.body.citations[0].quote).toContain("bittern");

    await call("POST", `ingest/${id}/undo`);
    await state(id).toBe("undone");
    expect(await titles()).toEqual(BEFORE);
    const wren = (await call("GET", "papers?query=wren")).body.papers[0];
    expect(wren.abstract).not.toContain("hides");
    // The note of the answer is readable all the same.
    const kept = await call("GET", `conversations/${asked.body.conversationId}`);
    expect(kept.body.messages[1].answer.citations[0].quote).toContain("bittern");
  });

  it("takes back the last addition only, and says so of others", async () => {
    const first = await opened(["a.jsonl", record("curlew")]);
    await ingested(first);
    const second = await opened(["b.jsonl", record("plover")]);
    await ingested(second);
    const refused = await call("POST", `ingest/${first}/undo`);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    await call("POST", `ingest/${second}/undo`);
    await state(second).toBe("undone");
    await call("DELETE", `papers/${(await call("GET", "papers?query=curlew")).body.papers[0].id}`);
    expect(await titles()).toEqual(BEFORE);
  });

  it("removes a paper for good, although a file of SEEDS_DIR holds it, until that file is named", async () => {
    const { id } = (await call("GET", "papers?query=heron")).body.papers[0];
    expect((await call("DELETE", `papers/${id}`)).status).toBe(204);
    expect(await titles()).toEqual(["A study of the wren"]);
    const other = await ServerProcess.start({
      environment: {
        SEEDS_DIR: seeds,
        VECTORSTORE_DIR: path.join(server.folder, "vectorstore"),
        MODELS_DIR: path.resolve("vectorstore/models"),
      },
    });
    try {
      const { papers } = (await (await fetch(`${other.url}/api/papers`)).json()) as { papers: unknown[] };
      expect(papers).toHaveLength(1);
    } finally {
      await other.stop();
    }
    await ingested(await opened(["again.jsonl", record("heron")]));
    expect(await titles()).toEqual(BEFORE);
  });

  it("begins once, however often it is told to at the same time", async () => {
    const id = await opened(["twice.jsonl", record("twite")]);
    const answers = await Promise.all([1, 2, 3].map(() => call("POST", `ingest/${id}/start`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await state(id).toBe("done");
    await call("POST", `ingest/${id}/undo`);
    await state(id).toBe("undone");
  });

  it("names the record that it cannot use, and fails where no paper is left", async () => {
    const id = await opened(["empty.jsonl", "{}\n"]);
    await call("POST", `ingest/${id}/start`);
    await state(id).toBe("failed");
    const { error } = await addition(id);
    expect(error).toMatch(/^No papers came out \(empty\.jsonl/);
    expect(error).not.toContain(server.folder);
    expect(await call("POST", `ingest/${id}/cancel`)).toMatchObject({ body: { state: "cancelled" } });
    expect(await titles()).toEqual(BEFORE);
  });

  it("keeps no more than INGEST_UPLOAD_MB, and nothing of a file that is too large", async () => {
    const id = await opened(["small.jsonl", record("siskin")]);
    const large = await call(
      "POST",
      `ingest/${id}/files?name=large.jsonl`,
      new Blob(["x".repeat(1024 * 1024)]),
    );
    expect(large).toMatchObject({ status: 413, body: { error: { code: "too_large" } } });
    expect(large.body.error.message).toContain("1 MB");
    expect((await addition(id)).files.map(({ name }) => name)).toEqual(["small.jsonl"]);
    await call("POST", `ingest/${id}/cancel`);
  });

  it("goes on answering on the connection of a file that it refuses", async () => {
    const id = await opened();
    // As a browser has it: one connection, on which one call follows another.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (method: string, to: string, bytes = "") =>
      new Promise<number | undefined>((resolve, reject) => {
        const options = { method, agent, headers: bearer(ALICE) };
        const sent = request(`${server.url}/api/${to}`, options, (response) => {
          response.resume().once("end", () => resolve(response.statusCode));
        });
        sent.once("error", reject).end(bytes);
      });
    expect(await ask("POST", `ingest/${id}/files?name=large.jsonl`, "x".repeat(8 * 1024 * 1024))).toBe(413);
    expect(await ask("POST", `ingest/${id}/files?name=small.jsonl`, record("siskin"))).toBe(200);
    expect(await ask("POST", "ingest/none/files?name=small.jsonl", "x".repeat(1024 * 1024))).toBe(404);
    expect(await ask("POST", `ingest/${id}/cancel`)).toBe(200);
    agent.destroy();
  });

  it.each([
    ["POST", "ingest"],
    ["GET", "ingest"],
    ["DELETE", "papers/x"],
  ])("asks for the role admin: %s %s", async (method, to) => {
    const refused = await call(method, to, method === "POST" ? "{}" : undefined, BOB);
    expect(refused).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
  });

  it.each(["", "..", "/", "\u0000", "...", "./.."])("refuses %j as the name of a file", async (name) => {
    const id = await opened();
    const sent = await call("POST", `ingest/${id}/files?name=${encodeURIComponent(name)}`, new Blob(["x"]));
    expect(sent).toMatchObject({ status: 400, body: { error: { code: "bad_request" } } });
    await call("POST", `ingest/${id}/cancel`);
  });
});
