import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/run-folder.ts"],
    setupFiles: ["test/support/no-outgoing.ts"],
    // Two processors by default give one worker, and most of the time it waits for processes of its own.
    maxWorkers: "100%",
    // Watchdogs: beside three processes that use a processor each, all takes several times as long.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
