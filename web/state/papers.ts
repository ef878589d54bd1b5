import type { PaperResponse } from "../../src/protocol.ts";
import { client } from "./client.ts";
import { corpusVersion } from "./corpus.ts";

/** Papers kept of those that were opened. */
const KEPT = 100;

const kept = new Map<string, Promise<PaperResponse>>();
corpusVersion.subscribe(() => kept.clear());

/** A paper with those most like it; asked for once. */
export function paperOf(id: string): Promise<PaperResponse> {
  const known = kept.get(id);
  if (known !== undefined) return known;
  const asked = client.paper(id);
  asked.catch(() => kept.delete(id));
  kept.set(id, asked);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return asked;
}
