import { describe, expect, it } from "vitest";
import { type ChatModel, ModelError } from "../../../src/model/chat-model.ts";
import { RetryingChatModel } from "../../../src/model/retrying-chat-model.ts";
import { ScriptedChatModel, type Step, text } from "../../support/scripted-chat-model.ts";

const busy = (retryAfterMs?: number): ModelError => new ModelError("rate-limited", { retryAfterMs });
const patient = (timeoutMs: number, ...scripts: Step[][]) => {
  const model = new ScriptedChatModel(...scripts);
  return { model, patient: new RetryingChatModel(model, { timeoutMs, random: () => 0.5 }) };
};

async function read(model: ChatModel, signal?: AbortSignal): Promise<string> {
  let all = "";
  for await (const delta of model.stream([], signal)) all += delta.text;
  return all;
}

describe("RetryingChatModel", () => {
  it("hands the deltas on", async () => {
    const { patient: model } = patient(1000, [text("a"), 5, text(""), text("b")]);
    expect(await read(model)).toBe("ab");
  });

  it("tries again after a fault that passes", async () => {
    const { model, patient: patiently } = patient(
      5000,
      [busy(1)],
      [new ModelError("unreachable")],
      [text("a")],
    );
    expect(await read(patiently)).toBe("a");
    expect(model.requests).toHaveLength(3);
  });

  it.each([
    "refused",
    "unknown-host",
    "key-refused",
    "unknown-model",
    "unknown-path",
    "bad-request",
    "empty",
    "filtered",
  ] as const)("does not try again after %s", async (fault) => {
    const { model, patient: patiently } = patient(5000, [new ModelError(fault)]);
    await expect(read(patiently)).rejects.toMatchObject({ fault });
    expect(model.requests).toHaveLength(1);
  });

  it("does not try again once there is text", async () => {
    const { model, patient: patiently } = patient(5000, [text("a"), busy(1)]);
    await expect(read(patiently)).rejects.toMatchObject({ fault: "rate-limited" });
    expect(model.requests).toHaveLength(1);
  });

  it("does not wait past its limit for a server that asks it to", async () => {
    const { model, patient: patiently } = patient(5000, [busy(3_600_000)]);
    await expect(read(patiently)).rejects.toMatchObject({ fault: "rate-limited" });
    expect(model.requests).toHaveLength(1);
  });

  it("gives up after a few attempts", async () => {
    const { model, patient: patiently } = patient(60_000, [busy(0)]);
    await expect(read(patiently)).rejects.toMatchObject({ fault: "rate-limited" });
    expect(model.requests).toHaveLength(4);
  });

  it("limits the time to the first token, and stops the request", async () => {
    const { model, patient: patiently } = patient(30, [10_000, text("a")]);
    await expect(read(patiently)).rejects.toMatchObject({ fault: "late" });
    expect(model.requests[0]?.stopped).toBe(true);
  });

  it("limits the time between tokens, not the whole", async () => {
    const slow = [text("a"), 200, text("b"), 200, text("c"), 200, text("d")];
    expect(await read(patient(500, slow).patient)).toBe("abcd");
    const { model, patient: patiently } = patient(30, [text("a"), 10_000, text("b")]);
    await expect(read(patiently)).rejects.toMatchObject({ fault: "stalled" });
    expect(model.requests[0]?.stopped).toBe(true);
  });

  it.each([
    ["never comes to a word", [], "wordless"],
    ["says nothing but white space", [text(" \n")], "wordless"],
    ["stops at a word", [text("Well")], "stalled"],
  ] as const)("gives up a model that is at work and %s", async (_, said, fault) => {
    const thinking = Array.from({ length: 400 }, () => [20, text("")]).flat();
    const { model, patient: patiently } = patient(200, [text(""), ...said, ...thinking]);
    const reading = read(patiently);
    await expect(reading).rejects.toMatchObject({
      fault,
      message: expect.stringContaining("(2000 ms)"),
    });
    expect(model.requests).toHaveLength(1);
    expect(model.requests[0]?.stopped).toBe(true);
  });

  it("lets a model think several times, as long as words come between", async () => {
    const thinking = Array.from({ length: 9 }, () => [200, text("")]).flat();
    const said = [...thinking, text("a"), ...thinking, text("b")];
    expect(await read(patient(300, said).patient)).toBe("ab");
  });

  it("does not count the time that its reader takes", async () => {
    const { patient: model } = patient(40, [text("a"), text("b")]);
    let all = "";
    for await (const delta of model.stream([])) {
      await new Promise((resolve) => setTimeout(resolve, 80));
      all += delta.text;
    }
    expect(all).toBe("ab");
  });

  it("ends with the reason of its signal, while it waits too", async () => {
    for (const script of [[10_000], [busy(4000)]] as Step[][]) {
      const { model, patient: patiently } = patient(5000, script);
      const stop = new AbortController();
      const reading = read(patiently, stop.signal);
      setTimeout(() => stop.abort(), 20);
      await expect(reading).rejects.toMatchObject({ name: "AbortError" });
      expect(model.requests).toHaveLength(1);
    }
  });

  it("stops the request when nobody reads on", async () => {
    const { model, patient: patiently } = patient(5000, [text("a"), 10_000, text("b")]);
    for await (const _ of patiently.stream([])) break;
    expect(model.requests[0]?.stopped).toBe(true);
  });
});
