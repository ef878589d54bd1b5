import { describe, expect, it } from "vitest";
import { readingLimits } from "../../../src/model/chat-model.ts";

describe("readingLimits", () => {
  it("leaves room for what a server that keeps to its tokens may send", () => {
    for (const tokens of [1, 100, 2048, 60_000]) {
      const { text, said, notes, event, response } = readingLimits(tokens);
      // The longest prose that tokens make up, all of it in one event, escaped; or a token an event.
      expect(text).toBeGreaterThanOrEqual(Math.max(8 * tokens, 1000));
      expect(said).toBeGreaterThanOrEqual(8 * text);
      expect(notes).toBeGreaterThanOrEqual(tokens / 8);
      expect(event).toBeGreaterThanOrEqual(6 * text);
      expect(response).toBeGreaterThanOrEqual(4000 * tokens);
    }
  });

  it("grows no further with a limit that means none", () => {
    expect(readingLimits(1_000_000).text).toBe(500_000);
    expect(readingLimits(1_000_000)).toEqual(readingLimits(100_000));
  });
});
