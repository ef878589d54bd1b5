import { alsoFound, CATALOGUE } from "../../src/protocol/wording.ts";
import type { Answer } from "../../src/protocol.ts";
import { SourceCards } from "./source-cards.tsx";

/** The papers that were found and are not cited, or that an answer from the records names, folded away, each with what in it comes nearest. */
export function FurtherPapers({ answer }: { readonly answer: Answer }) {
  const cited = new Set(answer.citations.map(({ marker }) => marker));
  const sources = answer.sources.filter(({ marker, score }) => !cited.has(marker) && score > 0);
  const isCatalogue = answer.shape === "catalogue";
  if ((cited.size === 0 && !isCatalogue) || sources.length === 0) return null;
  return (
    <details className="further">
      <summary>{(isCatalogue ? CATALOGUE.open : alsoFound)(sources.length)}</summary>
      <SourceCards sources={sources} answer={answer} />
    </details>
  );
}
