import { describe, expect, it } from "vitest";
import { Interrupted } from "../../../src/cli/stop.ts";
import { AppError } from "../../../src/errors.ts";
import { CommandRun } from "../../support/cli.ts";

const TOKENS = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };

function running(environment: NodeJS.ProcessEnv = TOKENS) {
  const run = new CommandRun();
  run.environment = environment;
  const closed: (number | undefined)[] = [];
  run.openSlack = async () => ({
    close: async (graceMs) => void closed.push(graceMs),
  });
  return { run, closed };
}

describe("footnote slack", () => {
  it("is there once the index is, and ends well when it is asked to", async () => {
    const { run, closed } = running();
    run.assistant.onStart = async ({ follow }) => {
      expect(follow).toBe(true);
      setTimeout(() => run.controller.abort(new Interrupted("SIGTERM")), 5);
    };
    expect(await run.execute("slack")).toBe(0);
    expect(run.stderr.text).toContain("Ready: 2 papers");
    expect(run.stderr.text).toContain("Footnote 1.2.3 answers in Slack\n");
    expect(closed).toEqual([10_000]);
    expect(run.assistant.closed).toBe(1);
  });

  it.each([
    ["SLACK_BOT_TOKEN", {}],
    ["SLACK_APP_TOKEN", { SLACK_BOT_TOKEN: "xoxb-1" }],
  ])("names %s when it is missing", async (name, environment) => {
    const { run } = running(environment);
    expect(await run.execute("slack")).toBe(78);
    expect(run.stderr.text).toBe(
      `footnote: ${name} is not set: src/slack/README.md says where Slack shows it\n`,
    );
  });

  it("ends with the bot's own words when Slack refuses a token", async () => {
    const { run } = running();
    run.openSlack = () => Promise.reject(new AppError("config", "Slack refuses SLACK_BOT_TOKEN"));
    expect(await run.execute("slack")).toBe(78);
    expect(run.stderr.text).toContain("footnote: Slack refuses SLACK_BOT_TOKEN\n");
    expect(run.assistant.closed).toBe(1);
  });
});

describe("footnote doctor", () => {
  it.each([
    [{ SLACK_BOT_TOKEN: "xoxb-1" }, "problem", "no event would arrive: set SLACK_APP_TOKEN"],
    [TOKENS, "ok", "Slack is answered by footnote slack (Socket Mode), in every channel, 20 questions"],
    [{ ...TOKENS, SLACK_SIGNING_SECRET: "12345678" }, "warning", "not both on one DATA_DIR"],
    [
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "12345678", SLACK_ALLOWED_CHANNELS: "C01" },
      "ok",
      "footnote serve at /slack/events, in C01",
    ],
  ])("says how Slack would be answered: %j", async (environment, state, words) => {
    const { run } = running({ PORT: "0", ...environment });
    await run.execute("doctor", "--json");
    const { findings } = JSON.parse(run.stdout.text);
    const found = findings.find(({ check }: { check: string }) => check === "slack");
    expect(found).toMatchObject({ state, message: expect.stringContaining(words) });
  });
});
