import type { Paper } from "../../protocol.ts";
import { nextTurn } from "../../util/turns.ts";
import { boundedRecord } from "../references/bounded-record.ts";
import { referenceKeys } from "../references/reference-keys.ts";
import { writeBibtex } from "../references/write-bibtex.ts";
import { writeRis } from "../references/write-ris.ts";

/** Papers written at once, with everybody waiting. */
const PIECE = 20;

/** The references to papers as `formatReference` writes them, a few at a time, with a turn for others between. */
export async function* referencePieces(
  stored: readonly Paper[],
  format: "bibtex" | "ris",
): AsyncGenerator<string> {
  const papers = stored.map(boundedRecord);
  const keys = referenceKeys(papers);
  const [write, between] =
    format === "bibtex" ? ([writeBibtex, "\n"] as const) : ([writeRis, "\r\n"] as const);
  for (let at = 0; at < papers.length; at += PIECE) {
    await nextTurn();
    const piece = await write(papers.slice(at, at + PIECE), keys.slice(at, at + PIECE));
    yield `${at === 0 ? "" : between}${piece}`;
  }
}
