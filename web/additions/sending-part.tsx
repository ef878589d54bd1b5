import { useStore } from "../state/store.ts";
import type { AdditionWork, WorkState } from "./addition-work.ts";
import { FoldedList } from "./folded-list.tsx";
import { counted, megabytes } from "./wording.ts";
import { take } from "./works.ts";

/** The files on their way to the server, and those that did not get there. */
export function SendingPart({ work }: { readonly work: AdditionWork }) {
  const { sending, unsent, leftOut } = useStore(work.state);
  const again = () => take(work, { files: work.dropUnsent(), leftOut: [], unread: [] });
  return (
    <>
      {sending !== undefined && <SendingLine sending={sending} />}
      {unsent.length > 0 && (
        <div className="add-unsent">
          <FoldedList
            label={`${counted(unsent.length, "file")} could not be sent`}
            items={unsent.map(({ name, reason }, at) => ({
              key: String(at),
              content: (
                <>
                  <strong dir="auto">{name}</strong>: <span dir="auto">{reason}</span>
                </>
              ),
            }))}
          />
          {unsent.some(({ file }) => file !== undefined) && (
            <button type="button" className="button" onClick={again}>
              Send again
            </button>
          )}
        </div>
      )}
      {leftOut.length > 0 && (
        <FoldedList
          label={`${counted(leftOut.length, "file")} left out: hidden files, readmes and the like hold no papers`}
          items={leftOut.map((name, at) => ({ key: String(at), content: <span dir="auto">{name}</span> }))}
        />
      )}
    </>
  );
}

function SendingLine({ sending }: { readonly sending: NonNullable<WorkState["sending"]> }) {
  const { name, at, of, sent, bytes } = sending;
  return (
    <div className="add-progress">
      <progress aria-label="Sending" max={Math.max(1, bytes)} value={sent} />
      <p>
        Sending {of === 1 ? "" : `${at.toLocaleString("en")} of ${of.toLocaleString("en")}: `}
        <span dir="auto">{name}</span>, {megabytes(sent)} of {megabytes(bytes)} MB
      </p>
    </div>
  );
}
