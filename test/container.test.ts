/** What can be known of the container without an engine: that its files name what is there, and keep their promises. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadConfig, VARIABLES } from "../src/config.ts";
import { composeService } from "./support/compose-service.ts";

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
const packageFile = JSON.parse(readFileSync("package.json", "utf8"));
const documented = [...readFileSync(".env.example", "utf8").matchAll(/^(\w+)=/gm)].map(
  ([, name = ""]) => name,
);
/** What the image sets for itself. */
const imageVariables = [...(withWord("ENV")[0] ?? "").matchAll(/ ([A-Z_]+)=/g)]
  .map(([, name = ""]) => name)
  .filter((name) => name !== "NODE_ENV");

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

  it("names variables that exist, and opens no door by default", () => {
    expect(imageVariables.length).toBeGreaterThan(4);
    for (const name of imageVariables) expect(documented).toContain(name);
    expect(imageVariables).not.toContain("AUTH");
    expect(imageVariables).not.toContain("API_KEYS");
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
  const config = (variables: Record<string, string>) =>
    loadConfig(composeService(variables).environment, "/nonexistent");

  it("publishes to this machine alone, and gives the container no rights", () => {
    expect(composeService().ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(composeService({ PORT: "8080", HOST: "0.0.0.0" }).ports).toEqual(["127.0.0.1:8080:3000"]);
    expect(composeService()).toMatchObject({
      read_only: "true",
      tmpfs: ["/tmp"],
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
  });

  it("keeps what the image writes", () => {
    for (const volume of ["vectorstore:/vectorstore", "data:/data"])
      expect(composeService().volumes).toContain(volume);
  });

  it("passes every variable that is documented, all of which are read, but those that the image sets", () => {
    expect(documented.toSorted()).toEqual([...VARIABLES].sort());
    const passed = Object.keys(composeService().environment);
    expect([...passed, ...imageVariables].sort()).toEqual(documented.toSorted());
    const values = Object.fromEntries(documented.map((name) => [name, `value of ${name}`]));
    for (const [name, value] of Object.entries(composeService(values).environment)) {
      expect(value).toBe(`value of ${name}`);
    }
  });

  it("changes nothing by passing what nobody has set", () => {
    expect(config({})).toEqual(loadConfig({}, "/nonexistent"));
    for (const LLM of ["openai:m", "anthropic:m", "groq:m"]) {
      const set = { LLM, OPENAI_API_KEY: "o", ANTHROPIC_API_KEY: "a" };
      expect(config(set)).toEqual(loadConfig(set, "/nonexistent"));
    }
    const unset = { LLM: "groq:m", GROQ_API_KEY: "" };
    expect(loadConfig(unset, "/nonexistent").languageModel?.apiKey).toBeUndefined();
  });

  it("reaches a model server on the machine that runs it, Ollama's without a word", () => {
    expect(composeService().extra_hosts).toEqual(["host.docker.internal:host-gateway"]);
    const ollama = config({ LLM: "ollama:llama3.2" }).languageModel;
    expect(ollama?.baseUrl).toBe("http://host.docker.internal:11434");
    const OLLAMA_BASE_URL = "http://gpu.lan:11434";
    expect(config({ LLM: "ollama:llama3.2", OLLAMA_BASE_URL }).languageModel?.baseUrl).toBe(OLLAMA_BASE_URL);
  });
});
