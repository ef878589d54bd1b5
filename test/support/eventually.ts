import { expect } from "vitest";

/** Expects of `read` what will be so soon, with patience for a busy machine. */
export const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 10_000 });
