import { defineConfig } from "vitest/config";

/** Tests that start no process, or whose processes are their own. */
const SHARED = ["unit", "contract", "server", "slack"].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ["test/support/run-folder.ts"],
    setupFiles: ["test/support/no-outgoing.ts"],
    // Two processors by default give one worker, and most of the time it waits for processes of its own.
    maxWorkers: "100%",
    // Watchdogs: beside three processes that use a processor each, all takes several times as long.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        // One after the other in the same process: each would else import the source anew, which takes longer than most.
        test: { name: "shared", include: SHARED, isolate: false },
      },
      { extends: true, test: { name: "apart", include: ["test/**/*.test.ts"], exclude: SHARED } },
    ],
  },
});
