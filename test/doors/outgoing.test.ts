/** Nothing connects outside: the default configuration, as it is installed, with every way out trapped and counted. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { Answer, SuggestionsResponse } from "../../src/protocol.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { PRELOAD } from "../support/outgoing-trap.ts";
import { PaperService } from "../support/paper-service.ts";
import { ownFolders, ServerProcess } from "../support/server-process.ts";
import { SocketClient } from "../support/socket-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);

let folder: string;
let log: string;
/** A log of its own, so that what the controls try is not laid at the door of the suite. */
let environment: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = temporaryFolder();
  log = path.join(folder, "outgoing.log");
  environment = { ...process.env, OUTGOING_LOG: log, NODE_OPTIONS: PRELOAD };
});

const tried = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);

describe("the trap", () => {
  const quiet = "process.on('uncaughtException', () => {});";
  it.each([
    ["fetch", "await fetch('http://192.0.2.1/').catch(() => {})", "connect 192.0.2.1"],
    ["fetch of a name", "await fetch('https://example.org/').catch(() => {})", "connect example.org"],
    ["a socket", "(await import('node:net')).connect(80, '192.0.2.1')", "connect 192.0.2.1"],
    ["TLS", "(await import('node:tls')).connect({ port: 443, host: '2001:db8::1' })", "connect 2001:db8::1"],
    ["http", "(await import('node:http')).get('http://example.org')", "connect example.org"],
    ["http2", "(await import('node:http2')).connect('https://example.org')", "connect example.org"],
    ["a lookup", "(await import('node:dns')).lookup('example.org', () => {})", "dns.lookup example.org"],
    [
      "a promised lookup",
      "await (await import('node:dns/promises')).resolve4('example.org').catch(() => {})",
      "dns.resolve4 example.org",
    ],
    [
      "a datagram",
      "(await import('node:dgram')).createSocket('udp4').send('x', 53, '192.0.2.1')",
      "udp.send 192.0.2.1",
    ],
    [
      "a thread",
      `const { Worker } = await import('node:worker_threads');
       await new Promise((end) => new Worker("fetch('http://192.0.2.1/').catch(() => {})", { eval: true }).on('exit', end));`,
      "connect 192.0.2.1",
    ],
    [
      "a child process",
      `const { spawnSync } = await import('node:child_process');
       spawnSync(process.execPath, ['-e', "fetch('http://192.0.2.1/').catch(() => {})"]);`,
      "connect 192.0.2.1",
    ],
  ])("counts %s", async (_, script, expected) => {
    const file = path.join(folder, "control.mjs");
    writeFileSync(file, `${quiet}\n${script};\nsetTimeout(() => process.exit(), 100);\n`);
    await run(process.execPath, [file], { env: environment });
    expect(tried()).toEqual([expected]);
  });

  it("leaves this machine's own addresses alone", async () => {
    const file = path.join(folder, "control.mjs");
    writeFileSync(
      file,
      `import { createServer } from 'node:http';
       const server = createServer((_, response) => response.end('here')).listen(0, async () => {
         for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
           console.log(await (await fetch(\`http://\${host}:\${server.address().port}\`)).text());
         }
         process.exit();
       });`,
    );
    const { stdout } = await run(process.execPath, [file], { env: environment });
    expect(stdout).toBe("here\nhere\nhere\n");
    expect(tried()).toEqual([]);
  });
});

describe("the default configuration connects to nothing", () => {
  it("while it starts, indexes, answers over every transport, exports and tells its figures", async () => {
    const server = await ServerProcess.start({ environment, isFresh: true });
    try {
      const get = async (address: string) => {
        const response = await fetch(server.url + address);
        expect([address, response.status]).toEqual([address, 200]);
        return response;
      };
      const post = (address: string, body: object, accept = "application/json") =>
        fetch(server.url + address, {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: accept },
          body: JSON.stringify(body),
        });
      const { suggestions } = SuggestionsResponse.parse(await (await get("/api/suggestions")).json());
      const question = suggestions[0]!;
      const answer = Answer.parse(await (await post("/api/ask", { question })).json());
      expect(answer.citations.length).toBeGreaterThan(0);
      expect(await (await post("/api/ask", { question }, "text/event-stream")).text()).toContain(
        "event: done",
      );
      expect((await post("/api/search", { query: question })).status).toBe(200);
      const client = await SocketClient.open(`${server.url.replace("http", "ws")}/ws`);
      client.send({
        type: "ask",
        requestId: "r1",
        question: "And why?",
        conversationId: answer.conversationId,
      });
      expect((await client.answer()).at(-1)?.type).toBe("done");
      client.drop();
      const { paperId } = answer.citations[0]!;
      for (const format of ["bibtex", "ris", "csl-json", "text"]) {
        await get(`/api/papers/${encodeURIComponent(paperId)}/citation?format=${format}`);
      }
      for (const format of ["markdown", "json", "bibtex", "ris"]) {
        await get(`/api/conversations/${answer.conversationId}/export?format=${format}`);
      }
      for (const address of ["/", "/ready", "/metrics", "/api/openapi.json", "/api/papers?query=language"]) {
        await get(address);
      }
    } finally {
      expect(await server.stop()).toBe(0);
    }
    expect(tried()).toEqual([]);
  });

  it("on the command line", async () => {
    const footnote = (...argv: string[]) =>
      run(process.execPath, [path.resolve("dist/cli/main.js"), ...argv], {
        env: { ...environment, ...ownFolders(folder) },
      });
    await footnote("ingest");
    await footnote("search", "language models");
    await footnote("ask", "What are massive activations?", "--json");
    await footnote("summarize", "Pointer Networks");
    await expect(footnote("ingest", "arxiv:2310.01234", "doi:10.1000/x")).rejects.toMatchObject({
      code: 78,
      stderr: expect.stringContaining("nobody was asked: set INGEST_ALLOW_NETWORK=true"),
    });
    expect(tried()).toEqual([]);
  });
});

describe("a service of papers on this machine", () => {
  it("cannot have what is asked for sent on to another", async () => {
    const elsewhere = { status: 301, headers: { Location: "http://192.0.2.1/works/10.1000%2Fx" } };
    const service = await PaperService.open(() => elsewhere);
    const asked = run(process.execPath, [path.resolve("dist/cli/main.js"), "ingest", "doi:10.1000/x"], {
      env: {
        ...environment,
        ...ownFolders(folder),
        EGRESS: "all",
        INGEST_ALLOW_NETWORK: "true",
        INGEST_CROSSREF_URL: service.url,
      },
    });
    await expect(asked).rejects.toMatchObject({ stderr: expect.stringContaining("which is not followed") });
    expect(service.asked).toHaveLength(1);
    expect(tried()).toEqual([]);
  });
});

describe("a language model's server on this machine", () => {
  it("cannot have what it is sent sent on to another", async () => {
    const models = await openModelServer();
    const address = "http://192.0.2.1/v1/chat/completions";
    models.scripts.answer = { status: 307, headers: { Location: address } };
    const server = await ServerProcess.start({
      environment: { ...environment, ...models.environment("openai") },
    });
    try {
      const response = await fetch(`${server.url}/api/ask`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question: "What are massive activations?" }),
      });
      expect(Answer.parse(await response.json()).fallback?.reason).toContain("which is not followed");
      expect(models.of("answer")).toHaveLength(1);
    } finally {
      expect(await server.stop()).toBe(0);
    }
    expect(tried()).toEqual([]);
  });
});
