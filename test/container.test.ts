/** What can be known of the container without an engine: that its files name what is there, and keep their promises. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";

/** Continuation lines joined, comments left out. */
const instructions = readFileSync("Dockerfile", "utf8")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .filter((line) => line !== "");
const withWord = (word: string) => instructions.filter((line) => line.startsWith(`${word} `));
const [ignored = "", ...allowed] = readFileSync(".dockerignore", "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));
const compose = readFileSync("compose.yaml", "utf8");
const packageFile = JSON.parse(readFileSync("package.json", "utf8"));
const documented = readFileSync(".env.example", "utf8");

describe("the Dockerfile", () => {
  it("copies what is there, and what .dockerignore lets through", () => {
    expect(ignored).toBe("*");
    const sources = withWord("COPY")
      .filter((line) => !line.includes("--from="))
      .flatMap((line) => line.split(" ").slice(1, -1));
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) {
      expect(existsSync(source), source).toBe(true);
      const way = source.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"));
      expect(
        allowed.some((line) => way.includes(line.slice(1))),
        `${source} in .dockerignore`,
      ).toBe(true);
    }
  });

  it("sends no secret and nothing that was made here to the engine", () => {
    for (const name of [".env", "data", "node_modules", "dist", ".git", "vectorstore/index"]) {
      expect(allowed).not.toContain(`!${name}`);
    }
    expect(allowed).toContain("vectorstore/*");
  });

  it("runs the command that is built, on a Node that package.json allows", () => {
    expect(withWord("ENTRYPOINT")).toEqual([`ENTRYPOINT ["node", "${packageFile.bin.footnote}"]`]);
    expect(withWord("CMD")).toEqual(['CMD ["serve"]']);
    expect(withWord("RUN")).toContain("RUN npm run build");
    const [, oldest = ""] = /^>=(\d+)/.exec(packageFile.engines.node) ?? [];
    for (const line of withWord("FROM")) expect(line).toMatch(new RegExp(`^FROM node:${oldest}-slim\\b`));
  });

  it("runs as nobody of importance, and writes nowhere but to its volumes", () => {
    expect(instructions.indexOf("USER node")).toBeLessThan(
      instructions.findIndex((line) => line.startsWith("ENTRYPOINT")),
    );
    expect(withWord("VOLUME")).toEqual(['VOLUME ["/vectorstore", "/data"]']);
    expect(withWord("ENV")[0]).toMatch(/ VECTORSTORE_DIR=\/vectorstore DATA_DIR=\/data$/);
  });

  it("names variables that exist, and opens no door by itself", () => {
    const variables = [...(withWord("ENV")[0] ?? "").matchAll(/ ([A-Z_]+)=/g)].map(([, name]) => name);
    for (const name of variables.filter((each) => each !== "NODE_ENV"))
      expect(documented, name).toMatch(new RegExp(`^${name}=`, "m"));
    expect(variables).not.toContain("AUTH");
    expect(variables).not.toContain("API_KEYS");
  });

  it.each([
    ["healthy while the server answers", 200, 0],
    ["unhealthy when it fails", 500, 1],
  ])("is %s", async (_, status, expected) => {
    const server = createServer((_, response) => response.writeHead(status).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const [, command = "[]"] = /CMD (\[.*\])$/.exec(withWord("HEALTHCHECK")[0] ?? "") ?? [];
    const [, ...argv] = JSON.parse(command);
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, argv, { env: { ...process.env, PORT: String(port) } });
    expect((await once(child, "exit"))[0]).toBe(expected);
  });
});

describe("compose.yaml", () => {
  it("publishes to this machine alone, and gives the container no rights", () => {
    expect([...compose.matchAll(/^ +- "(.*:\d+)"$/gm)].map(([, port]) => port)).toEqual([
      "127.0.0.1:3000:3000",
    ]);
    for (const line of ["read_only: true", "- ALL", "- no-new-privileges:true", "- /tmp"]) {
      expect(compose).toContain(line);
    }
  });

  it("keeps what the image writes, and passes variables that exist", () => {
    for (const volume of ["vectorstore:/vectorstore", "data:/data"]) expect(compose).toContain(`- ${volume}`);
    const passed = [...compose.matchAll(/^ +([A-Z_]+): \$\{(\w+):-\}$/gm)];
    expect(passed.length).toBeGreaterThan(3);
    for (const [, name, from] of passed) {
      expect(from).toBe(name);
      expect(documented).toMatch(new RegExp(`^${name}=`, "m"));
    }
  });
});
