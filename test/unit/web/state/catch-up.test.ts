import { expect, it } from "vitest";
import { catchUp } from "../../../../web/state/catch-up.ts";
import type { HeldMessage } from "../../../../web/state/thread.ts";
import { sampleAnswer } from "../../../support/sample-answer.ts";

const createdAt = "2026-01-01T00:00:00.000Z";
const asked = (id: string): HeldMessage => ({ id, role: "user", text: id, createdAt });
const answered = (id: string): HeldMessage => ({
  ...{ id, role: "assistant", text: "…", createdAt, answer: sampleAnswer(id, "c", "?") },
});

it("takes what came elsewhere, keeps what is held whole or followed, and what is not stored yet", () => {
  const live = { ...asked("a2"), role: "assistant", text: "" } as const;
  const ours = [
    asked("q1"),
    answered("a1"),
    { ...answered("a0"), cut: true as const },
    live,
    asked("local-1"),
  ];
  const theirs = ["q1", "a1", "a0", "a2", "a3"].map(answered);
  const all = catchUp(ours, theirs, (id) => id === "a2");
  expect(all.map(({ id }) => id)).toEqual(["q1", "a1", "a0", "a2", "a3", "local-1"]);
  for (const at of [0, 1]) expect(all[at]).toBe(ours[at]);
  expect(all[2]?.cut).toBeUndefined();
  expect(all[3]).toBe(live);
});
