import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const SOURCE = path.resolve("src");

/** Who may import whom (DESIGN: imports run one way). A file directly in src/ is a room of its own name. */
const BASE = ["errors", "protocol", "util"];
const TEXT = ["text", ...BASE];
const CORPUS = ["corpus", ...TEXT];
const QUESTION = ["question", ...CORPUS];
const RETRIEVAL = ["retrieval", "reader", "store", "embedding", ...QUESTION];
const CLAIM = ["claim", "embedding", ...QUESTION];
const MODEL = ["model", ...BASE];
const REFERENCES = ["references", ...CORPUS];
const ANSWER = ["answer", ...REFERENCES, ...MODEL, ...CLAIM, ...RETRIEVAL];
const ASSISTANT = ["assistant", "config", "map", ...ANSWER];
const ALLOWED: Record<string, readonly string[]> = {
  util: ["util"],
  errors: [],
  protocol: ["errors"],
  edge: ["edge", "assistant", ...BASE],
  config: ["errors", "util"],
  text: TEXT,
  corpus: CORPUS,
  embedding: ["embedding", ...CORPUS],
  reader: ["reader", "store", ...CORPUS],
  store: ["store", ...CORPUS],
  retrieval: RETRIEVAL,
  question: QUESTION,
  claim: CLAIM,
  model: MODEL,
  map: ["map", "store", ...CORPUS],
  references: REFERENCES,
  answer: ANSWER,
  assistant: ASSISTANT,
  client: ["protocol", "errors", "util"],
  server: ["server", "edge", "assistant", "config", ...BASE],
  mcp: ["mcp", "edge", "assistant", "config", ...BASE],
  slack: ["slack", "edge", "assistant", "config", ...BASE],
  eval: ["eval", "assistant", "config", ...CORPUS],
  cli: ["cli", "server", "slack", "mcp", "eval", "assistant", "config", ...BASE],
  web: ["web", "protocol", "client"],
};

/** Adapters bind a library to a port: the composition root alone may name them. */
const ADAPTERS = [
  "embedding/parallel-embedder",
  "embedding/transformers-embedder",
  "reader/onnx-pair-reader",
  "reader/read-process",
  "store/readings/reading-files",
  "store/vectors/vectra-store",
  "store/conversations/sqlite-conversation-store",
  "store/deliveries/sqlite-delivery-store",
  "model/langchain/langchain-chat-model",
  "map/umap-layout",
];

/** Files beside one another that are still found by looking. */
const MOST_SIBLINGS = 16;
const MOST_LINES = 300;
/** Lines of the file in the middle: files are full enough to tell their subject, and short enough to be read at once. */
const MOST_MEDIAN = 130;

interface Edge {
  from: string;
  to: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function edges(): Edge[] {
  return [...filesBelow(SOURCE), ...filesBelow(path.resolve("web"))].flatMap((file) => {
    const specifiers = readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
    return [...specifiers].map(([, specifier = ""]) => ({
      from: file,
      to: path.resolve(path.dirname(file), specifier),
    }));
  });
}

function room(file: string): string {
  const relative = path.relative(SOURCE, file);
  if (relative.startsWith("..")) return "web";
  return relative.split(path.sep)[0]?.replace(/\.ts$/, "") ?? "";
}

/** Within its room: its folder, or itself where it stands directly in the room. */
function folder(file: string): string {
  return path.relative(SOURCE, file).split(path.sep).slice(0, 2).join("/");
}

/** The edges that are part of a ring, or of a way from one ring to another. */
function ringed(all: readonly Edge[]): Edge[] {
  const [leaving, entered] = [new Set(all.map(({ from }) => from)), new Set(all.map(({ to }) => to))];
  const left = all.filter(({ from, to }) => entered.has(from) && leaving.has(to));
  return left.length === all.length ? left : ringed(left);
}

describe("imports run one way", () => {
  const all = edges();

  it("sees the edges of the tree", () => {
    expect(all.length).toBeGreaterThan(50);
  });

  it("allows only the edges of the table", () => {
    const wrong = all.filter(
      ({ from, to }) => !ALLOWED[room(from)]?.includes(room(to)) && room(from) !== room(to),
    );
    expect(wrong.map(({ from, to }) => `${path.relative(".", from)} → ${path.relative(".", to)}`)).toEqual(
      [],
    );
  });

  it("has no ring between the folders of a room, types included", () => {
    const within = all
      .filter(({ from, to }) => room(from) === room(to) && room(from) !== "web")
      .map(({ from, to }) => ({ from: folder(from), to: folder(to) }))
      .filter(({ from, to }) => from !== to);
    expect(within.length).toBeGreaterThan(50);
    expect([...new Set(ringed(within).map(({ from, to }) => `${from} → ${to}`))]).toEqual([]);
  });

  it("tells a ring from a way through", () => {
    const edge = (from: string, to: string) => ({ from, to });
    expect(ringed([edge("a", "b"), edge("b", "c"), edge("a", "c")])).toEqual([]);
    expect(ringed([edge("x", "a"), edge("a", "b"), edge("b", "a"), edge("b", "y")])).toEqual([
      edge("a", "b"),
      edge("b", "a"),
    ]);
  });

  it("keeps adapters behind their ports", () => {
    const wrong = all.filter(
      ({ from, to }) =>
        room(from) !== "assistant" &&
        path.dirname(from) !== path.dirname(to) &&
        ADAPTERS.some((name) => to === path.join(SOURCE, `${name}.ts`)),
    );
    expect(wrong.map(({ from, to }) => `${path.relative(".", from)} → ${path.relative(".", to)}`)).toEqual(
      [],
    );
  });

  it("keeps LangChain in its adapter", () => {
    const naming = filesBelow(SOURCE).filter((file) =>
      /from "(?:@langchain\/|langchain)|import\("(?:@langchain\/|langchain)/.test(readFileSync(file, "utf8")),
    );
    expect(naming.map((file) => path.relative(SOURCE, file))).toEqual([
      "model/langchain/langchain-chat-model.ts",
    ]);
  });

  it("keeps Bolt in slack/, and loads it when the bot is opened", () => {
    const naming = filesBelow(SOURCE).filter((file) => readFileSync(file, "utf8").includes('"@slack/bolt"'));
    expect(new Set(naming.map(room))).toEqual(new Set(["slack"]));
    const loading = naming.filter((file) =>
      /^import (?!type )[^;]*"@slack\/bolt"/m.test(readFileSync(file, "utf8")),
    );
    expect(loading).toEqual([]);
  });

  it(`has no folder of more than ${MOST_SIBLINGS} files`, () => {
    const siblings = new Map<string, number>();
    for (const file of filesBelow(SOURCE)) {
      const parent = path.relative(SOURCE, path.dirname(file));
      siblings.set(parent, (siblings.get(parent) ?? 0) + 1);
    }
    const crowded = [...siblings].filter(([, count]) => count > MOST_SIBLINGS);
    expect(crowded).toEqual([]);
  });

  it(`has no file over ${MOST_LINES} lines, and a median up to ${MOST_MEDIAN}`, () => {
    const lines = filesBelow(SOURCE)
      .map((file) => readFileSync(file, "utf8").split("\n").length - 1)
      .sort((a, b) => a - b);
    expect(lines.at(-1)).toBeLessThanOrEqual(MOST_LINES);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(MOST_MEDIAN);
  });
});
