import { MAX_SCOPE_PAPERS } from "../../src/protocol/limits.ts";
import type { Paper, ReferenceFormat } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { notify } from "../state/notice.ts";
import { toProblem } from "../state/problem.ts";
import { askAbout } from "../state/scope.ts";
import { useStore } from "../state/store.ts";
import { saveFile } from "../ui/save-file.ts";
import { papersCsv } from "./papers-csv.ts";
import { selectedPapers } from "./selected-papers.ts";

const FORMATS: readonly { format: ReferenceFormat; name: string; ending: string; mediaType: string }[] = [
  { format: "bibtex", name: "BibTeX", ending: "bib", mediaType: "application/x-bibtex" },
  { format: "ris", name: "RIS", ending: "ris", mediaType: "application/x-research-info-systems" },
];

/** How many papers are ticked, and what can be done with them. */
export function SelectionBar() {
  const papers = [...useStore(selectedPapers).values()];
  if (papers.length === 0) return null;
  const isTooMany = papers.length > MAX_SCOPE_PAPERS;
  return (
    <div className="papers-selection">
      <p role="status">
        {papers.length === 1 ? "1 paper selected" : `${papers.length} papers selected`}
        {isTooMany ? `; a question can be about ${MAX_SCOPE_PAPERS} at most` : ""}
      </p>
      <button
        type="button"
        className="button primary"
        disabled={isTooMany}
        onClick={() => askAbout({ papers: papers.map(({ id, title }) => ({ id, title })) })}
      >
        {papers.length === 1 ? "Ask about this paper" : `Ask about these ${papers.length} papers`}
      </button>
      {FORMATS.map(({ format, name, ending, mediaType }) => (
        <button
          type="button"
          className="button"
          key={format}
          disabled={isTooMany}
          onClick={() => void saveReferences(papers, format, `papers.${ending}`, mediaType)}
        >
          {name}
        </button>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => saveFile("papers.csv", papersCsv(papers), "text/csv")}
      >
        CSV
      </button>
      <button type="button" className="button" onClick={() => selectedPapers.set(new Map())}>
        Clear
      </button>
    </div>
  );
}

async function saveReferences(
  papers: readonly Paper[],
  format: ReferenceFormat,
  name: string,
  mediaType: string,
): Promise<void> {
  try {
    const ids = papers.map(({ id }) => id);
    saveFile(name, await client.citations(ids, format), mediaType);
  } catch (error) {
    notify(toProblem(error).message);
  }
}
