import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import type { Addition, AdditionReport } from "../../src/protocol.ts";
import { PAPERS_PATH } from "../router/route.ts";
import { useStore } from "../state/store.ts";
import { Problem } from "../ui/problem.tsx";
import type { AdditionWork } from "./addition-work.ts";
import { ReportLists } from "./report-lists.tsx";
import { SendingPart } from "./sending-part.tsx";
import { changesNothing, counted, sayCounts, sayProgress, sayStage } from "./wording.ts";

/** Where an addition is: its files, what they would change, how far it has come, what it has changed. */
export function AdditionPanel({ work }: { readonly work: AdditionWork }) {
  const { addition, sending, unsent, leftOut, problem } = useStore(work.state);
  const panel = useRef<HTMLDivElement>(null);
  useFocusOnward(panel, addition?.state);
  const isEmpty = addition === undefined || (addition.state === "open" && addition.files.length === 0);
  if (isEmpty && sending === undefined && unsent.length + leftOut.length === 0) {
    return problem === undefined ? null : <Problem problem={problem} onRetry={() => void work.load()} />;
  }
  return (
    <div className="add-panel" ref={panel}>
      <SendingPart work={work} />
      {sending !== undefined && (
        <p className="add-actions">
          <Cancel work={work} />
        </p>
      )}
      {sending === undefined && !isEmpty && <Stage work={work} addition={addition} />}
      {problem !== undefined && <Problem problem={problem} onRetry={() => void work.load()} />}
    </div>
  );
}

interface Props {
  readonly work: AdditionWork;
  readonly addition: Addition;
}

function Stage({ work, addition }: Props) {
  const { state, files, error = "", preview, report } = addition;
  switch (state) {
    case "open":
      return (
        <Part title={`${counted(files.length, "file")} sent`}>
          <p className="add-actions">
            <Button label="Show what would change" run={work.preview} primary />
            <Cancel work={work} />
          </p>
        </Part>
      );
    case "reading":
    case "ingesting":
      return <Running work={work} addition={addition} />;
    case "previewed":
      return preview === undefined ? null : <Preview work={work} preview={preview} />;
    case "failed":
      return (
        <Part title="This did not work">
          <p dir="auto">{error}</p>
          <p className="add-actions">
            <Button label="Try again" run={preview === undefined ? work.preview : work.start} />
            <Cancel work={work} />
          </p>
        </Part>
      );
    case "done":
      return report === undefined ? null : <Done work={work} addition={addition} report={report} />;
    case "cancelled":
      return <Part title="Cancelled: nothing was added" />;
    case "undone":
      return <Part title="Taken back: the papers are as they were" />;
  }
}

function Running({ work, addition }: Props) {
  const { progress, report } = addition;
  const title = sayStage(addition);
  return (
    <Part title={title}>
      <div className="add-progress">
        <progress
          aria-label={title}
          max={Math.max(1, progress?.total ?? 1)}
          {...(progress === undefined ? {} : { value: progress.done })}
        />
        <p>{progress === undefined ? "Waiting for its turn" : sayProgress(progress)}</p>
      </div>
      {report === undefined && (
        <p className="add-actions">
          <Cancel work={work} />
        </p>
      )}
    </Part>
  );
}

function Preview({ work, preview }: { readonly work: AdditionWork; readonly preview: AdditionReport }) {
  const isNothing = changesNothing(preview);
  return (
    <Part title={isNothing ? "Nothing new" : "This would change"}>
      <p className="add-counts">{sayCounts(preview, "future")}</p>
      <p className="add-actions">
        {!isNothing && <Button label="Add them" run={work.start} primary />}
        <Cancel work={work} />
      </p>
      <ReportLists report={preview} isThere={false} />
    </Part>
  );
}

function Done({ work, addition, report }: Props & { readonly report: AdditionReport }) {
  const { canUndo, error } = addition;
  return (
    <Part title={changesNothing(report) ? "Nothing new" : "The papers are here"}>
      <p className="add-counts">{sayCounts(report, "past")}</p>
      {error !== undefined && <p dir="auto">{error}</p>}
      <p className="add-actions">
        <a className="button" href={PAPERS_PATH}>
          See the papers
        </a>
        {canUndo && <Button label="Undo" run={work.undo} />}
      </p>
      <ReportLists report={report} isThere />
    </Part>
  );
}

interface PartProps {
  readonly title: string;
  readonly children?: ReactNode;
}

function Part({ title, children }: PartProps) {
  return (
    <>
      <h2 tabIndex={-1}>{title}</h2>
      {children}
    </>
  );
}

/** Where the button that was pressed has gone with its stage, the heading of the next takes the focus. */
function useFocusOnward(panel: RefObject<HTMLElement | null>, state: string | undefined): void {
  const before = useRef(state);
  useEffect(() => {
    const was = before.current;
    before.current = state;
    // What comes first of all may stand above the window.
    if (was === undefined) panel.current?.scrollIntoView({ block: "nearest" });
    else if (was !== state && document.activeElement === document.body) {
      panel.current?.querySelector("h2")?.focus({ preventScroll: true });
    }
  }, [panel, state]);
}

interface ButtonProps {
  readonly label: string;
  readonly run: () => Promise<void>;
  readonly primary?: boolean;
}

function Button({ label, run, primary = false }: ButtonProps) {
  return (
    <button type="button" className={primary ? "button primary" : "button"} onClick={() => void run()}>
      {label}
    </button>
  );
}

const Cancel = ({ work }: { readonly work: AdditionWork }) => <Button label="Cancel" run={work.cancel} />;
