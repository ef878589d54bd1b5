import { expect } from "vitest";

/** Expects of `read` what will be so soon, with patience for a busy machine. @param timeout milliseconds */
export const eventually = <Value>(read: () => Value | Promise<Value>, timeout = 30_000) =>
  expect.poll(read, { timeout });
