import { useCallback, useEffect } from "react";
import { ADD_PATH, PAPERS_PATH } from "../router/route.ts";
import { connection } from "../state/connection.ts";
import { useStore } from "../state/store.ts";
import { Problem } from "../ui/problem.tsx";
import { useTitle } from "../ui/use-title.ts";
import { AdditionPanel } from "./addition-panel.tsx";
import type { AdditionWork, WorkState } from "./addition-work.ts";
import { Intake } from "./intake.tsx";
import { LatelyAdded, useLately } from "./lately-added.tsx";
import type { Picked } from "./picked-files.ts";
import { useDrop } from "./use-drop.ts";
import { sayCounts, sayStage } from "./wording.ts";
import { freshWork, take, workOf } from "./works.ts";
import "../papers/papers.css";
import "./additions.css";

/** Where papers are added. @param id of an addition that has its address */
export function AddView({ id }: { readonly id: string | undefined }) {
  useTitle("Add papers");
  const fresh = useStore(freshWork);
  const work = id === undefined ? fresh : workOf(id);
  const { addition } = useStore(work.state);
  const lately = useLately(`${addition?.id} ${addition?.state}`);
  const state = useStore(connection);
  const isRefused = lately.isRefused === true || (state.kind === "connected" && !state.admin);
  return (
    <section className="paper-page add-page" aria-labelledby="add-title">
      <a className="paper-back" href={PAPERS_PATH}>
        All papers
      </a>
      <h1 id="add-title">Add papers</h1>
      {isRefused ? (
        <p>Papers are added by admins. Ask the person who runs this server for a key that may.</p>
      ) : (
        <Adding work={work} />
      )}
      {!isRefused && lately.problem !== undefined && <Problem problem={lately.problem} />}
      {!isRefused && <LatelyAdded additions={lately.additions ?? []} />}
    </section>
  );
}

function Adding({ work }: { readonly work: AdditionWork }) {
  const state = useStore(work.state);
  const onPick = useCallback((picked: Picked) => take(work, picked), [work]);
  const isOver = useDrop(onPick);
  useEffect(() => {
    void work.load();
  }, [work]);
  return (
    <div className="add-body" data-over={isOver || undefined}>
      <p role="status" className="visually-hidden">
        {readOut(state)}
      </p>
      <AdditionPanel work={work} />
      {work.takesFiles ? (
        <Intake onPick={onPick} />
      ) : (
        <p className="add-actions">
          <a className="button" href={ADD_PATH}>
            Add more papers
          </a>
        </p>
      )}
    </div>
  );
}

/** Without the figures of each moment. */
function readOut({ addition, sending, unsent }: WorkState): string {
  if (sending !== undefined) return "Sending files";
  const missing = unsent.length === 0 ? "" : ` ${unsent.length} could not be sent.`;
  if (addition === undefined) return missing;
  const { state, preview, report } = addition;
  if (state === "reading" || state === "ingesting") return sayStage(addition) + missing;
  if (state === "previewed" && preview !== undefined) return `${sayCounts(preview, "future")}.${missing}`;
  if (state === "done" && report !== undefined) return `Done: ${sayCounts(report, "past")}.${missing}`;
  return (
    { failed: "This did not work.", cancelled: "Cancelled.", undone: "Taken back." }[state as string] ??
    missing
  );
}
