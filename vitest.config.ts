import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/no-outgoing.ts"],
    // Two processors by default give one worker, and most of the time it waits for processes of its own.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // CI's machines are shared: what fails there for want of a processor is tried once more, what is broken fails twice.
    retry: process.env.CI ? 1 : 0,
    expect: { poll: { timeout: 10_000 } },
  },
});
