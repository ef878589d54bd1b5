import { useState } from "react";
import type { Paper } from "../../src/protocol.ts";
import { navigate } from "../router/navigate.ts";
import { PAPERS_PATH } from "../router/route.ts";
import { client } from "../state/client.ts";
import { connection } from "../state/connection.ts";
import { corpusChanged } from "../state/corpus.ts";
import { notify } from "../state/notice.ts";
import { toProblem, type Problem as What } from "../state/problem.ts";
import { useStore } from "../state/store.ts";
import { Problem } from "../ui/problem.tsx";
import { Sheet } from "../ui/sheet.tsx";

/** For admins: removes a paper for good, once that has been confirmed. */
export function RemoveButton({ paper }: { readonly paper: Paper }) {
  const state = useStore(connection);
  const [isAsking, setIsAsking] = useState(false);
  if (state.kind !== "connected" || !state.admin) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setIsAsking(true)}>
        Remove from the corpus
      </button>
      {isAsking && <Confirmation paper={paper} onClose={() => setIsAsking(false)} />}
    </>
  );
}

function Confirmation({ paper, onClose }: { readonly paper: Paper; readonly onClose: () => void }) {
  const [isRemoving, setIsRemoving] = useState(false);
  const [problem, setProblem] = useState<What>();
  const remove = async () => {
    setIsRemoving(true);
    setProblem(undefined);
    try {
      await client.removePaper(paper.id);
      corpusChanged();
      navigate(PAPERS_PATH, "replace");
      notify("The paper was removed.");
    } catch (error) {
      setProblem(toProblem(error));
      setIsRemoving(false);
    }
  };
  return (
    <Sheet label="Remove this paper?" className="middle" onClose={onClose}>
      <h2 className="paper-remove-title">Remove this paper?</h2>
      <p dir="auto">{paper.title}</p>
      <p className="paper-about">
        No answer will use it any more. This cannot be undone: a file of the seeds folder does not bring it
        back. Answers that cite it keep their notes.
      </p>
      {problem !== undefined && <Problem problem={problem} />}
      <p className="paper-actions">
        <button type="button" className="button primary" disabled={isRemoving} onClick={() => void remove()}>
          {isRemoving ? "Removing…" : "Remove"}
        </button>
        <button type="button" className="button" onClick={onClose}>
          Keep it
        </button>
      </p>
    </Sheet>
  );
}
