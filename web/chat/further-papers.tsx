import { alsoFound } from "../../src/protocol/wording.ts";
import type { Answer } from "../../src/protocol.ts";
import { SourceCards } from "./source-cards.tsx";

/** The papers that were found and are not cited, folded away, each with what in it comes nearest. */
export function FurtherPapers({ answer }: { readonly answer: Answer }) {
  const cited = new Set(answer.citations.map(({ marker }) => marker));
  const sources = answer.sources.filter(({ marker, score }) => !cited.has(marker) && score > 0);
  if (cited.size === 0 || sources.length === 0) return null;
  return (
    <details className="further">
      <summary>{alsoFound(sources.length)}</summary>
      <SourceCards sources={sources} answer={answer} />
    </details>
  );
}
