import type { Readiness } from "../src/protocol.ts";
import { withKey } from "./session-key.ts";

/** Milliseconds between two looks at a server that is still indexing. */
const LOOK_EVERY_MS = 500;

/** Tells `onState` what the server is doing, until it is ready; resolves then. */
export async function untilReady(onState: (text: string) => void): Promise<void> {
  for (;;) {
    const readiness = await look();
    if (readiness?.status === "ready") return onState(`${readiness.papers} papers`);
    if (readiness === undefined) onState("The server cannot be reached");
    else onState(readiness.total > 0 ? `Indexing ${readiness.done} of ${readiness.total}…` : "Starting…");
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function look(): Promise<Readiness | undefined> {
  try {
    return (await (await fetch("/ready")).json()) as Readiness;
  } catch {
    return undefined;
  }
}

/** Questions that the corpus answers well; none when the server has none to offer. */
export async function loadSuggestions(): Promise<string[]> {
  try {
    const response = await fetch("/api/suggestions", { headers: withKey() });
    const { suggestions } = (await response.json()) as { suggestions?: string[] };
    return suggestions ?? [];
  } catch {
    return [];
  }
}
