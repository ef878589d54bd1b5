import { describe, expect, it } from "vitest";
import { partRead } from "../../../src/question/reading/message.ts";
import { oddQuestions } from "../../support/odd-questions.ts";

const PASTED = "The runtime of each of the experiments was logged. ".repeat(70);

describe("partRead", () => {
  it("leaves a question as it is", () => {
    const question = `  ${"How do attention heads divide their work? ".repeat(14)}`;
    expect(partRead(question)).toBe(question);
  });

  it("keeps what is asked before and behind what is pasted", () => {
    const question = "Which paper measures massive activations?";
    expect(partRead(`${question}\n\n${PASTED}`)).toContain(question);
    expect(partRead(`${PASTED}\n\n${question}\n`)).toMatch(/Which paper measures massive activations\?$/);
  });

  it("cuts between words", () => {
    const words = new Set(PASTED.trim().split(" "));
    for (const word of partRead(PASTED).split(" ")) expect([...words, "…"]).toContain(word);
  });

  it("bounds every text, and halves no character", () => {
    for (const text of [...oddQuestions(4000), "🦊".repeat(2000), `a${"🦊".repeat(2000)}`]) {
      const part = partRead(text);
      expect(part.length).toBeLessThan(610);
      expect(part).not.toMatch(/\p{Cs}/u);
    }
  });
});
