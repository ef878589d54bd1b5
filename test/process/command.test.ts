import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Answer } from "../../src/protocol.ts";
import { copySeedsIndex } from "../support/seeds-index.ts";

/** Milliseconds: before Node itself gives up on a connection that says nothing. */
const LESS_THAN_A_MINUTE = 55_000;

/** The command as it is installed, on the real seeds: what the tests in process cannot see. Needs `npm run build`. */
describe("the process footnote", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "footnote-cli-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function start(argv: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, ["dist/cli/main.js", ...argv], {
      env: {
        ...process.env,
        VECTORSTORE_DIR: path.join(folder, "vectorstore"),
        DATA_DIR: path.join(folder, "data"),
        MODELS_DIR: "vectorstore/models",
        PORT: "0",
        ...environment,
      },
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output.stderr += chunk;
    });
    return { child, output };
  }

  async function finished(child: ChildProcess): Promise<number | null> {
    const [code] = await once(child, "close");
    return code;
  }

  it("answers from a folder where nothing is indexed yet, as one JSON value", async () => {
    const { child, output } = start(["ask", "How fast is decoding in NIRVANA?", "--json"]);
    expect(await finished(child)).toBe(0);
    const answer = Answer.parse(JSON.parse(output.stdout));
    expect(answer.citations[0]?.title).toContain("NIRVANA");
    expect(output.stderr).toBe("footnote: indexing the papers on first use\n");
  });

  it("says in one line which variable is wrong", async () => {
    const { child, output } = start(["search", "graphs"], { PORT: "lots" });
    expect(await finished(child)).toBe(78);
    expect(output.stderr).toBe('footnote: PORT="lots": takes a whole number from 0 to 65535\n');
  });

  it("ends quietly when its reader goes away", async () => {
    const { child, output } = start(["ask", "How fast is decoding in NIRVANA?"]);
    child.stdout.destroy();
    expect(await finished(child)).toBe(0);
    expect(output.stderr.replace(/footnote: indexing.*\n/, "")).toBe("");
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "serves until %s, and then ends well, with clients still connected",
    { timeout: LESS_THAN_A_MINUTE },
    async (signal) => {
      copySeedsIndex(path.join(folder, signal));
      const { child, output } = start(["serve"], { VECTORSTORE_DIR: path.join(folder, signal) });
      while (!output.stderr.includes("Ready:")) await once(child.stderr, "data");
      const [, url] = /listens on (http:\S+)/.exec(output.stderr) ?? [];
      expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: "ok" });
      // Node itself would wait a minute for this one to say something.
      const idle = connect(Number(new URL(url ?? "").port), "127.0.0.1");
      idle.on("error", () => {});
      await once(idle, "connect");
      child.kill(signal);
      expect(await finished(child)).toBe(0);
      idle.destroy();
    },
  );
});
