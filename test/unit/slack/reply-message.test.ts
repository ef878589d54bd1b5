import { expect, it } from "vitest";
import { updatedMessage } from "../../../src/slack/messages/reply-message.ts";
import { DEFAULT_LIMITS } from "../../../src/slack/slack-limits.ts";
import type { SlackWeb } from "../../../src/slack/web/slack-web.ts";

/** Milliseconds. */
const REST = 60;
/** Where two timers are set at almost the same time, this one ends first. */
const ALMOST = REST - 10;

it("rests between two writes of a message that is not streamed, the last among them", async () => {
  let rests = false;
  const writes: [method: string, inRest: boolean][] = [];
  const write = async (method: string) => {
    writes.push([method, rests]);
    rests = true;
    setTimeout(() => {
      rests = false;
    }, ALMOST);
    return "1.0";
  };
  const web = { post: () => write("post"), update: () => write("update") } as unknown as SlackWeb;
  const place = { channel: "C1", threadTs: "0.1", team: "T1", user: "U1", userTeam: "T1" };
  const message = updatedMessage({ web, place, limits: { ...DEFAULT_LIMITS, update: REST } });
  await message.append("Graph ");
  await message.append("walks ");
  await message.append("rank ");
  await message.finish("pages.", []);
  expect(writes).toEqual([
    ["post", false],
    ["update", false],
    ["update", false],
    ["update", false],
  ]);
  expect(message).toMatchObject({ ts: "1.0", interval: REST });
});
