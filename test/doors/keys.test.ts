/** A server with keys, as it is installed and with all that it can say: no key is in it, nor in what it writes. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { Answer } from "../../src/protocol.ts";
import { ownFolders, ServerProcess } from "../support/server-process.ts";
import { SocketClient } from "../support/socket-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ALICE = "alices-key-0123456789";
const BOB = "bobs-key-0123456789";
const environment = { API_KEYS: `alice:${ALICE}:admin,bob:${BOB}`, LOG_LEVEL: "trace" };
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

/** Everything in the files below `folder`. */
function written(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

it("when it serves", async () => {
  const server = await ServerProcess.start({ environment });
  const heard: string[] = [];
  const call = async (address: string, headers: Record<string, string>, body?: object) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const type = { "Content-Type": "application/json" };
    const response = await fetch(server.url + address, { ...init, headers: { ...type, ...headers } });
    const text = await response.text();
    heard.push(JSON.stringify([...response.headers]), text);
    return text;
  };
  const question = "What are massive activations?";
  const { messageId } = Answer.parse(JSON.parse(await call("/api/ask", bearer(ALICE), { question })));
  expect(await call(`/api/messages/${messageId}`, bearer(BOB))).toContain("not_found");
  expect(await call("/metrics", bearer(ALICE))).toContain("footnote_asks_total");
  for (const address of ["/ready", "/health", "/metrics", "/api/papers"]) {
    for (const headers of [{}, bearer(BOB), bearer(`${ALICE}!`), { Authorization: ALICE }]) {
      await call(address, headers as Record<string, string>);
    }
  }
  for (const token of [BOB, `${ALICE}!`]) {
    const client = await SocketClient.open(`${server.url.replace("http", "ws")}/ws`);
    client.send({ type: "hello", protocol: 1, token });
    const reply = await client.next();
    heard.push(JSON.stringify(reply));
    if (reply.type === "welcome") {
      client.send({ type: "ask", requestId: "r1", question });
      heard.push(JSON.stringify(await client.answer()));
    }
    client.drop();
  }
  const files = written(server.folder);
  expect(await server.stop()).toBe(0);
  expect(server.output).toContain('"msg":"answer"');
  expect(files).toContain(messageId);
  for (const key of [ALICE, BOB]) expect([...heard, server.output, files].join("\n")).not.toContain(key);
});

it("on the command line, right or wrong", async () => {
  const folder = temporaryFolder();
  const footnote = (variables: NodeJS.ProcessEnv, ...argv: string[]) =>
    promisify(execFile)(process.execPath, [path.resolve("dist/cli/main.js"), ...argv], {
      env: { ...process.env, ...ownFolders(folder), ...environment, ...variables },
    }).catch((failed: { stdout: string; stderr: string }) => failed);
  for (const [variables, command] of [
    [{}, ["search", "decoding"]],
    [{ PORT: "many" }, ["search", "decoding"]],
    [{ API_KEYS: `alice:${ALICE}:${BOB}` }, ["serve"]],
    [{ API_KEYS: `${ALICE}:alice` }, ["serve"]],
    [{ API_KEYS: `alice:${ALICE},bob:${ALICE}` }, ["ask", "why", "--json"]],
    [{ AUTH: "none" }, ["serve"]],
  ] as const) {
    const { stdout, stderr } = await footnote(variables, ...command);
    expect(stdout + stderr).not.toBe("");
    for (const key of [ALICE, BOB]) expect(stdout + stderr).not.toContain(key);
  }
});

it("is what a server that others can reach asks for", async () => {
  await expect(ServerProcess.start({ environment: { HOST: "0.0.0.0" } })).rejects.toThrow(
    'footnote: HOST="0.0.0.0" lets other machines in, and API_KEYS names nobody: ' +
      "set API_KEYS=name:KEY, or AUTH=none if anyone may ask and read\n",
  );
});
