import type { Readiness } from "../../src/protocol.ts";
import { client } from "./client.ts";
import { Store } from "./store.ts";

/** Milliseconds between two looks at a server that is still indexing. */
const LOOK_EVERY_MS = 500;

/** Undefined before the server has said, and while it cannot be reached. */
export const readiness = new Store<Readiness | undefined>(undefined);

/** Looks until the server is ready. */
export async function watchReadiness(): Promise<void> {
  for (;;) {
    readiness.set(await client.readiness().catch(() => undefined));
    if (readiness.get()?.status === "ready") return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
