/** Papers from Crossref's REST interface: https://api.crossref.org */
import { membersOf } from "../readers/record/texts.ts";
import { type Fetched, strangeAnswer } from "./fetched.ts";
import { NoAnswer, type PoliteClient } from "./polite-client.ts";

interface Source {
  readonly client: PoliteClient;
  readonly address: string;
  /** Whom Crossref may write to. */
  readonly contact: string | undefined;
  readonly signal: AbortSignal | undefined;
}

export async function* crossrefPapers(dois: readonly string[], source: Source): AsyncGenerator<Fetched> {
  for (const id of dois) yield { id, ...(await work(id, source)) };
}

async function work(
  doi: string,
  { client, address, contact, signal }: Source,
): Promise<{ content: string } | { reason: string }> {
  const url = new URL(`${address.replace(/\/+$/, "")}/${encodeURIComponent(doi)}`);
  if (contact !== undefined) url.searchParams.set("mailto", contact);
  try {
    const answer = await client.get(url, signal);
    const { status, text } = answer;
    if (status === 404) return { reason: "Crossref has no paper with this DOI: other agencies may have it" };
    const message = status === 200 ? messageOf(text) : undefined;
    if (message !== undefined) return { content: `${JSON.stringify(message)}\n` };
    return { reason: strangeAnswer("Crossref", "work that can be read", answer) };
  } catch (error) {
    if (error instanceof NoAnswer) return { reason: `Crossref ${error.message}` };
    throw error;
  }
}

/** The work in the envelope; its references, which may be thousands, are not kept. */
function messageOf(text: string): object | undefined {
  try {
    const { reference, ...message } = membersOf(membersOf(JSON.parse(text))?.message) ?? {};
    return "DOI" in message ? message : undefined;
  } catch {
    return undefined;
  }
}
