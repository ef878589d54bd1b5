import { describe, expect, it } from "vitest";
import { pointsAway } from "../../../src/claim/opening.ts";

describe("pointsAway", () => {
  it.each([
    "We name them gate neurons.",
    "We show that this collapse comes late in training.",
    "Masking these spans costs two points.",
    "Earlier attempts to lower this cost retrain the whole net.",
    "The buffer that is held for such nets makes up most of these expenses.",
    "Batches are drawn from this pool.",
    "In this paper we take up this challenge.",
    "A known weakness is their habit of guessing.",
    "We find evidence for the latter in two nets.",
    "Both variants fail.",
    "We hope that it helps to settle how nets should store facts.",
    "The probe is made blind to that attribute.",
    "We find that they vary.",
    "Scene learning by slots is a task that needs such abilities.",
  ])("%s", (sentence) => {
    expect(pointsAway(sentence)).toBe(true);
  });

  it.each([
    "Nets guess when unsure, and this behaviour grows with their size.",
    "Large nets are costly, which limits their use.",
    "We propose GateNet and show that it is fast.",
    "It is known that nets forget.",
    "Attention makes it possible to look far back.",
    "We compare our heads with those of GPT-2.",
    "Tasks such as parsing are hard.",
    "In this work, we prune.",
    "Both width and depth matter.",
    "We mark spans, and drop these spans later.",
    "BERT and GPT differ: the former looks both ways and forward.",
    "Nets are trained such that the loss falls.",
    "Nets that take a step back in order to find that rule are slow.",
    "Words of several senses get vectors, but earlier methods lacked this property.",
  ])("stands alone: %s", (sentence) => {
    expect(pointsAway(sentence)).toBe(false);
  });

  it("knows what a reader has seen before it", () => {
    const sentence = "We show that these sinks take up most of the mass.";
    expect(pointsAway(sentence)).toBe(true);
    expect(pointsAway(sentence, new Set(["sink"]))).toBe(false);
    // A verb behind the noun is no part of what is pointed at.
    expect(pointsAway("We show that this method trains large nets.", new Set(["train"]))).toBe(true);
  });
});
