/** The way of one question through the source: files and functions that run, and how often its text is read. */
import { readdirSync, readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { createAssistant } from "../../src/assistant.ts";
import { startServer } from "../../src/server/server.ts";
import { ModelServer } from "../support/model-server/model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { SocketClient } from "../support/socket-client.ts";
import { benchConfig } from "./assistant.ts";

const FIRST = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const QUESTION = "Why do transformers attend to the first token?";
const WRITTEN = "Models attend to the first token to avoid mixing information too much [1].";

/** Those that read the text of a question. What reads papers' texts too is counted with these. */
const READERS = [
  ["partRead", "readMessage", "withoutInstructions", "smallTalk", "requestedForm", "dependenceOf"],
  ["namedPapers", "readAmong", "questionKind", "asksMore", "askedFor", "withoutAmount", "asksForRecord"],
  ["asksForThing", "asksAmount", "definedTerm", "explainingRoles", "withoutWorks", "comparedPapers"],
  ["correct", "embedQuestion", "questionWords", "askedWhole", "namesIn", "tokensOf", "wordsIn", "terms"],
].flat();

let asked = 0;

interface Walk {
  /** Of `src`, each with the functions that ran and how often. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export async function benchWalk(): Promise<void> {
  printTree();
  const plain = await walk({});
  print("without a model", plain);
  const models = await ModelServer.start();
  models.scripts.answer = says(WRITTEN);
  try {
    print("with a model", await walk(models.environment("openai")));
  } finally {
    await models.close();
  }
  console.log("\ncalls for one question, without a model");
  for (const reader of READERS) {
    const calls = [...plain.files.values()].reduce((sum, functions) => sum + (functions.get(reader) ?? 0), 0);
    if (calls > 0) console.log(`${String(calls).padStart(6)}  ${reader}`);
  }
}

/** Asks one question of a server that has answered another one, over WebSocket. */
async function walk(variables: Record<string, string>): Promise<Walk> {
  const { config, remove } = benchConfig(variables);
  const session = new Session();
  session.connect();
  // Before anything runs: what is compiled by then may be left out.
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  const assistant = createAssistant(config);
  await assistant.start();
  const server = await startServer({
    assistant,
    config: { ...config.server, port: 0 },
    logger: pino({ level: "silent" }),
    webFolder: config.folders.data,
    version: "bench",
  });
  try {
    const client = await SocketClient.open(`${server.url.replace("http", "ws")}/ws`);
    await ask(client, FIRST);
    // From here on it counts again.
    await session.post("Profiler.takePreciseCoverage");
    await ask(client, QUESTION);
    const { result } = await session.post("Profiler.takePreciseCoverage");
    client.drop();
    return { files: ownFiles(result) };
  } finally {
    session.disconnect();
    await server.close(0);
    await assistant.close();
    remove();
  }
}

async function ask(client: SocketClient, question: string): Promise<void> {
  client.send({ type: "ask", requestId: `r${++asked}`, question });
  await client.answer();
}

interface Covered {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
  }[];
}

function ownFiles(covered: readonly Covered[]): Walk["files"] {
  const source = `${pathToFileURL(path.resolve("src")).href}/`;
  const files = new Map<string, Map<string, number>>();
  for (const { url, functions } of covered) {
    if (!url.startsWith(source)) continue;
    const ran = new Map<string, number>();
    for (const { functionName, ranges } of functions) {
      const { count = 0, startOffset = 0 } = ranges[0] ?? {};
      // The module itself begins at 0; `__name` is put in where TypeScript is stripped.
      if (count === 0 || startOffset === 0 || functionName === "__name") continue;
      const name = functionName === "" ? `at ${startOffset}` : functionName;
      ran.set(name, (ran.get(name) ?? 0) + count);
    }
    if (ran.size > 0) files.set(url.slice(source.length).replace(/\?.*$/, ""), ran);
  }
  return files;
}

function print(name: string, { files }: Walk): void {
  const functions = [...files.values()].reduce((sum, ran) => sum + ran.size, 0);
  const rooms = new Map<string, number>();
  for (const file of files.keys()) {
    const room = path.dirname(file);
    rooms.set(room, (rooms.get(room) ?? 0) + 1);
  }
  const most = [...rooms].sort((a, b) => b[1] - a[1]).map(([room, count]) => `${room} ${count}`);
  console.log(`\n${name}: ${files.size} files, ${functions} functions\n  ${most.join(", ")}`);
}

/** How the source lies there: files, those that one other imports, siblings of a folder. */
function printTree(): void {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => path.resolve("src", file));
  const importers = new Map<string, number>();
  for (const file of files) {
    const found = readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
    const imported = new Set([...found].map(([, to = ""]) => path.resolve(path.dirname(file), to)));
    for (const to of imported) importers.set(to, (importers.get(to) ?? 0) + 1);
  }
  const once = files.filter((file) => importers.get(file) === 1).length;
  const siblings = new Map<string, number>();
  for (const file of files) {
    const folder = path.relative(".", path.dirname(file));
    siblings.set(folder, (siblings.get(folder) ?? 0) + 1);
  }
  const most = [...siblings].sort((a, b) => b[1] - a[1]).slice(0, 6);
  console.log(`${files.length} files, ${Math.round((100 * once) / files.length)} % imported exactly once`);
  console.log(`siblings: ${most.map(([folder, count]) => `${folder} ${count}`).join(", ")}`);
}
