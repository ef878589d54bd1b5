import { alsoFound, NOT_FOUND } from "../protocol/wording.ts";
import type { Answer } from "../protocol.ts";
import { paint } from "./paint.ts";
import { terminalText } from "./terminal-text.ts";

/** Papers that an answer does not cite: the nearest where it found nothing, of a list those that had no room. */
export function alsoFoundList(answer: Answer, colour: boolean): string {
  const { sources, citations, nearest = [], shape, abstained } = answer;
  const style = paint(colour);
  const lines = (head: string, papers: readonly { readonly paper: { readonly title: string } }[]) =>
    papers.length === 0
      ? []
      : [
          "",
          style.bold(head),
          ...papers.map(({ paper }) => `  ${terminalText(paper.title).replace(/\s+/g, " ")}`),
        ];
  const cited = new Set(citations.map(({ marker }) => marker));
  const more = shape === "list" ? sources.filter(({ marker, score }) => !cited.has(marker) && score > 0) : [];
  return [
    ...lines(NOT_FOUND.nearest, nearest),
    ...lines(alsoFound(more.length), more),
    ...(abstained && shape === "none" ? ["", style.dim(NOT_FOUND.waysOn)] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
