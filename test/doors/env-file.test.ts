/** `.env` as Windows' editors save it, before a server as it is installed. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { ServerProcess } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

const KEY = "0123456789abcdef0123";

/** The status of a request without a key and of one with it, and what the server said on its way. */
async function doors(envFile: string) {
  const workingFolder = temporaryFolder();
  writePapers(`${workingFolder}/seeds/papers.jsonl`, [{ title: "On walks", abstract: "Walks converge." }]);
  writeFileSync(path.join(workingFolder, ".env"), envFile);
  const server = await ServerProcess.start({ workingFolder });
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${server.url}/api/conversations`, { headers })).status;
  const statuses = [await status({}), await status({ Authorization: `Bearer ${KEY}` })];
  await server.stop();
  return { statuses, output: server.output };
}

it.each([
  ["a byte order mark", `\ufeffAPI_KEYS=alice:${KEY}:admin\r\nLOG_LEVEL=warn\r\n`],
  ["a line that cannot be read", `\ufeffmy keys\nAPI_KEYS=alice:${KEY}\n`],
  ["a line without a name", `=\nAPI_KEYS=alice:${KEY}\n`],
])("keys behind %s are asked for", async (_, envFile) => {
  const { statuses, output } = await doors(envFile);
  expect(statuses).toEqual([401, 200]);
  expect(output).not.toContain(KEY);
  const unread = /my keys|^=/.test(envFile);
  expect(/^footnote: .*\.env, line 1 has no .* not read/m.test(output)).toBe(unread);
});

it("a name that is nearly API_KEYS leaves the door open, but not without a word", async () => {
  const { statuses, output } = await doors(`API_KEY=alice:${KEY}\n`);
  expect(statuses[0]).toBe(200);
  expect(output).toContain("footnote: API_KEY is set and means nothing here: is API_KEYS meant?\n");
  expect(output).not.toContain(KEY);
});
