import { useEffect, useState } from "react";
import { FootnoteError } from "../../src/client.ts";
import type { Addition } from "../../src/protocol.ts";
import { additionPath } from "../router/route.ts";
import { client } from "../state/client.ts";
import { type Problem, toProblem } from "../state/problem.ts";
import { sayOutcome } from "./wording.ts";

/** Additions that are listed. */
const LISTED = 10;

interface Lately {
  readonly additions?: readonly Addition[];
  readonly problem?: Problem;
  /** Who asks may not add papers. */
  readonly isRefused?: boolean;
}

/** What was added lately; asked for again where `when` has changed. */
export function useLately(when: string): Lately {
  const [lately, setLately] = useState<Lately>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what it is to run again for
  useEffect(() => {
    const leaving = new AbortController();
    client.additions.list({ signal: leaving.signal }).then(
      (additions) => setLately({ additions }),
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        const isRefused = error instanceof FootnoteError && error.code === "unauthorized";
        setLately(isRefused ? { isRefused } : { problem: toProblem(error) });
      },
    );
    return () => leaving.abort();
  }, [when]);
  return lately;
}

export function LatelyAdded({ additions }: { readonly additions: readonly Addition[] }) {
  // One that was opened and got no file is nothing to come back to.
  const some = additions.filter(({ state, files }) => state !== "open" || files.length > 0).slice(0, LISTED);
  if (some.length === 0) return null;
  return (
    <section className="add-lately" aria-labelledby="add-lately">
      <h2 id="add-lately">Lately</h2>
      <ul>
        {some.map((addition) => (
          <li key={addition.id}>
            <a href={additionPath(addition.id)}>
              <time dateTime={addition.createdAt}>{when(addition.createdAt)}</time>
            </a>
            <span>{sayOutcome(addition)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const when = (at: string): string =>
  new Date(at).toLocaleString("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
