import type { Stage } from "../../src/protocol.ts";
import { connection } from "../state/connection.ts";
import { readiness } from "../state/readiness.ts";
import { useStore } from "../state/store.ts";

/** What the server is doing for an answer that has no text yet. */
export function StageLine({ stage }: { readonly stage: Stage | undefined }) {
  const ready = useStore(readiness);
  const { kind } = useStore(connection);
  const papers = ready?.status === "ready" ? `${ready.papers.toLocaleString("en")} papers` : "the papers";
  const says: Record<Stage, string> = {
    rewriting: "Reading the question in its context",
    retrieving: `Searching ${papers}`,
    answering: "Writing",
    verifying: "Checking every quote",
  };
  const before = kind === "connected" ? "Sending" : "Waiting for the connection";
  return (
    <p className="stage">
      <span className="pulse" aria-hidden="true" />
      {stage === undefined ? before : says[stage]}…
    </p>
  );
}
