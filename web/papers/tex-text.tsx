import { Formula } from "../markdown/formula.tsx";
import { splitTex } from "./split-tex.ts";

/** Text of a paper as it is, its formulas drawn. Nothing else in it means anything: no Markdown, no HTML. */
export function TexText({ text }: { readonly text: string }) {
  return splitTex(text).map(({ kind, text: piece }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move
    kind === "words" ? piece : <Formula key={at} tex={piece} display={kind === "display"} />,
  );
}
