import path from "node:path";

/** What is preloaded into a process whose outgoing connections are to be refused and counted. */
export const TRAP = path.resolve("test/support/outgoing-trap.cjs");

/** The same as NODE_OPTIONS, for a process that is to be started; a JSON string is how these take a space. */
export const PRELOAD = `--require ${JSON.stringify(TRAP)}`;
