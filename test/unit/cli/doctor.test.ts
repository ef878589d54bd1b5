import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { CommandRun } from "../../support/cli.ts";

const FREE = { PORT: "0" };

function running(environment: NodeJS.ProcessEnv = FREE): CommandRun {
  const run = new CommandRun();
  run.environment = environment;
  run.findings = [{ check: "node", state: "ok", message: "Node 20.20.2" }];
  return run;
}

/** A server that answers every call with `body`, and its port. */
async function neighbour(body: object): Promise<string> {
  const server = createServer((_, response) => response.end(JSON.stringify(body)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

describe("footnote doctor", () => {
  it("says a line for everything it looked at, and ends well when nothing would fail", async () => {
    const run = running();
    run.findings = [...run.findings, { check: "seeds", state: "warning", message: "SEEDS_DIR is\nempty" }];
    expect(await run.execute("doctor")).toBe(0);
    expect(run.stdout.text).toBe(
      "ok       Node 20.20.2\n" +
        "warning  SEEDS_DIR is empty\n" +
        "ok       HOST=127.0.0.1 lets in this machine alone, without keys\n" +
        "ok       HOST=127.0.0.1 PORT=0 is free\n",
    );
    expect(run.stderr.text).toBe("");
  });

  it("fails when something would, after it has told all", async () => {
    const run = running();
    run.findings = [{ check: "index", state: "problem", message: "index.pb is damaged" }];
    expect(await run.execute("doctor")).toBe(1);
    expect(run.stdout.text).toMatch(/^problem {2}index\.pb is damaged\nok /);
    expect(run.stderr.text).toBe("footnote: 1 problem found\n");
  });

  it("tells every wrong variable, and looks at the rest with their defaults", async () => {
    const run = running({ PORT: "lots", LOG_LEVEL: "loud", RETRIEVAL_TOP_K: "3" });
    expect(await run.execute("doctor", "--json")).toBe(1);
    const { ok, findings } = JSON.parse(run.stdout.text);
    expect(ok).toBe(false);
    expect(findings.slice(0, 3)).toEqual([
      { check: "config", state: "problem", message: 'PORT="lots": takes a whole number from 0 to 65535' },
      { check: "config", state: "problem", message: expect.stringMatching(/^LOG_LEVEL="loud": takes fatal/) },
      { check: "node", state: "ok", message: "Node 20.20.2" },
    ]);
    expect(run.examined[0]).toMatchObject({ server: { port: 3000 }, topK: 3 });
  });

  it("reports keys and anonymous access at once, and never a key", async () => {
    const key = "a-secret-of-some-length";
    const both = running({ ...FREE, API_KEYS: `ann:${key}:admin`, AUTH: "none" });
    expect(await both.execute("doctor")).toBe(1);
    expect(both.stdout.text).toContain('problem  AUTH="none": API_KEYS is set too');
    expect(both.stdout.text).toContain("ok       HOST=127.0.0.1 lets in 1 key, 1 of them admin");
    const wrong = running({ ...FREE, API_KEYS: `${key}` });
    expect(await wrong.execute("doctor")).toBe(1);
    expect(both.stdout.text + wrong.stdout.text).not.toContain(key);
  });

  it("finds a door that serve would refuse to open, and one that stands open on purpose", async () => {
    const refused = running({ ...FREE, HOST: "0.0.0.0" });
    expect(await refused.execute("doctor")).toBe(1);
    expect(refused.stdout.text).toContain('problem  HOST="0.0.0.0" lets other machines in');
    const open = running({ ...FREE, HOST: "0.0.0.0", AUTH: "none" });
    expect(await open.execute("doctor")).toBe(0);
    expect(open.stdout.text).toContain("warning  AUTH=none: anyone who reaches HOST=0.0.0.0 asks");
  });

  it("knows a port that another program has from one that Footnote itself has", async () => {
    const taken = running({ PORT: await neighbour({ hello: "world" }) });
    expect(await taken.execute("doctor")).toBe(1);
    expect(taken.stdout.text).toMatch(
      /problem {2}HOST=127\.0\.0\.1 PORT=\d+ is in use: stop the other program/,
    );
    const own = running({ PORT: await neighbour({ status: "ok", version: "0.9.0" }) });
    expect(await own.execute("doctor")).toBe(0);
    expect(own.stdout.text).toMatch(/ok {7}HOST=127\.0\.0\.1 PORT=\d+: Footnote 0\.9\.0 serves there\n/);
  });
});
