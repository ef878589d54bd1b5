/** The manifest asks for what the bot uses, and for nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import manifest from "../../src/slack/manifest.json" with { type: "json" };
import { METHODS } from "../support/slack-server/methods.ts";

const source = readdirSync("src/slack", { recursive: true, withFileTypes: true })
  .filter(({ name }) => name.endsWith(".ts"))
  .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), "utf8"))
  .join("\n");

/** The scope without which Slack sends an event at all (its reference of events). */
const EVENT_SCOPES: Readonly<Record<string, string>> = {
  app_mention: "app_mentions:read",
  "message.channels": "channels:history",
  "message.groups": "groups:history",
  "message.im": "im:history",
  "message.mpim": "mpim:history",
};

it("has exactly the scopes that methods, events and the command need", () => {
  const called = Object.entries(METHODS).filter(([name]) => source.includes(`"${name}"`));
  // The parts of files.uploadV2 are called by Slack's client.
  expect(called.length).toBe(Object.keys(METHODS).length - 2);
  const needed = called.flatMap(([, { scopes }]) => scopes.slice(0, 1));
  const events = manifest.settings.event_subscriptions.bot_events;
  const heard = events.flatMap((name) => EVENT_SCOPES[name] ?? []);
  const all = new Set([...needed, ...heard, "files:write", "commands"]);
  expect(manifest.oauth_config.scopes.bot).toEqual([...all].sort());
});

it("has the events, the command and the shortcut that are listened to", () => {
  const listened = [...source.matchAll(/app\.event\("(\w+)"/g)].map(([, name]) => name);
  const events = manifest.settings.event_subscriptions.bot_events;
  expect(events.filter((name) => !name.startsWith("message.")).sort()).toEqual(listened.sort());
  for (const { command } of manifest.features.slash_commands)
    expect(source).toContain(`app.command("${command}"`);
  for (const { callback_id } of manifest.features.shortcuts) expect(source).toContain(`"${callback_id}"`);
  expect(manifest.features).toHaveProperty("agent_view");
  expect(manifest.features).not.toHaveProperty("assistant_view");
});
