/** Papers from arXiv's Atom interface: https://info.arxiv.org/help/api/user-manual.html */
import { type ArxivFeed, readArxivFeed } from "./arxiv-feed.ts";
import { type Fetched, strangeAnswer } from "./fetched.ts";
import { NoAnswer, type PoliteClient } from "./polite-client.ts";

/** Ids of one request: its address stays below 2,000 letters. */
const BATCH_IDS = 100;
/** Times that a batch is asked for again without an id that keeps arXiv from answering. */
const MOST_REFUSED = 5;

interface Source {
  readonly client: PoliteClient;
  readonly address: string;
  readonly signal: AbortSignal | undefined;
}

export async function* arxivPapers(ids: readonly string[], source: Source): AsyncGenerator<Fetched> {
  for (let at = 0; at < ids.length; at += BATCH_IDS) yield* batch(ids.slice(at, at + BATCH_IDS), source);
}

/** The newest papers of a category, the newest first. @param name what a problem is about */
export async function* arxivListing(
  { category, most, name }: { category: string; most: number; name: string },
  source: Source,
): AsyncGenerator<Fetched> {
  const answer = await ask(source, {
    search_query: `cat:${category}`,
    sortBy: "submittedDate",
    sortOrder: "descending",
    max_results: String(most),
  });
  if ("reason" in answer) return void (yield { id: name, reason: answer.reason });
  for (const { id, content } of answer.papers) yield { id, content };
  if (answer.error !== undefined) yield { id: name, reason: `arXiv says: ${answer.error}` };
  else if (!answer.isWhole) yield { id: name, reason: "arXiv's answer is cut off: what came is taken" };
  else if (answer.papers.length === 0) yield { id: name, reason: "arXiv lists no papers there" };
}

/** One id that arXiv cannot read keeps it from answering at all: it is left out, and the rest asked for again. */
async function* batch(ids: readonly string[], source: Source): AsyncGenerator<Fetched> {
  let left = ids;
  for (let asked = 0; left.length > 0; asked++) {
    const answer = await ask(source, { id_list: left.join(","), max_results: String(BATCH_IDS) });
    if ("reason" in answer) return yield* left.map((id) => ({ id, reason: answer.reason }));
    const { papers, error, isWhole } = answer;
    const wanted = papers.filter(({ id }) => left.includes(id));
    yield* wanted;
    const missing = left.filter((id) => !wanted.some((paper) => paper.id === id));
    // The longest: one id may begin another.
    const [refused] = missing.filter((id) => error?.includes(id)).sort((a, b) => b.length - a.length);
    if (refused === undefined || wanted.length > 0 || asked === MOST_REFUSED) {
      return yield* missing.map((id) => ({ id, reason: missingReason(error, isWhole) }));
    }
    yield { id: refused, reason: missingReason(error, isWhole) };
    left = missing.filter((id) => id !== refused);
  }
}

function missingReason(error: string | undefined, isWhole: boolean): string {
  if (error !== undefined) return `arXiv says: ${error}`;
  return isWhole
    ? "arXiv has no paper with this id"
    : "arXiv's answer is cut off before this paper: name it again";
}

async function ask(
  { client, address, signal }: Source,
  query: Record<string, string>,
): Promise<ArxivFeed | { readonly reason: string }> {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  try {
    const answer = await client.get(url, signal);
    // Of ids that it cannot read arXiv says so in Atom too, with the status 400.
    return readArxivFeed(answer.text) ?? { reason: strangeAnswer("arXiv", "Atom", answer) };
  } catch (error) {
    if (error instanceof NoAnswer) return { reason: `arXiv ${error.message}` };
    throw error;
  }
}
