/** Papers by name → files that the readers take. */
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import { writeAtomically, writeFault } from "../../util/files.ts";
import type { CorpusProblem } from "../build/problem-log.ts";
import { arxivListing, arxivPapers } from "./arxiv.ts";
import { crossrefPapers } from "./crossref.ts";
import type { Fetched } from "./fetched.ts";
import { type PaperName, readPaperName } from "./paper-name.ts";
import { PoliteClient, type PoliteOptions } from "./polite-client.ts";

interface Settings {
  readonly isAllowed: boolean;
  /** Whom Crossref may write to. */
  readonly contact: string | undefined;
  readonly arxivUrl: string;
  readonly crossrefUrl: string;
}

type Timing = Pick<PoliteOptions, "clock" | "wait" | "timeoutMs">;

interface FetchOptions {
  /** Where the files are written, by names that stay the same. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** In papers. */
  readonly onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

export interface FetchedFiles {
  readonly files: readonly string[];
  /** Of each name that gave none; `file` is the name. */
  readonly problems: readonly CorpusProblem[];
}

/** arXiv's terms: a request every three seconds. https://info.arxiv.org/help/api/tou.html */
const ARXIV_GAP_MS = 3000;
/** Crossref lets 5 requests a second pass from those who name nobody to write to. */
const CROSSREF_GAP_MS = 200;
/** Bytes of an answer: a hundred papers, some of them with thousands of authors; a work with thousands of references. */
const ARXIV_BYTES = 16 * 1024 * 1024;
const CROSSREF_BYTES = 8 * 1024 * 1024;
/** Milliseconds of a request; arXiv takes its time for a hundred papers. */
const TIMEOUT_MS = 60_000;
/** Papers of one step: at Crossref's pace, some seven minutes. */
export const MOST_NAMES = 2000;
/** Letters of a file's name, in which a DOI of any length has its place. */
const LONGEST_FILE = 120;
const REAL_TIME: Timing = {
  clock: () => performance.now(),
  wait: (ms, signal) =>
    sleep(ms, undefined, { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    }),
  timeoutMs: TIMEOUT_MS,
};

/** Whether this is a name and no path. */
export const isPaperName = (text: string): boolean => readPaperName(text) !== undefined;

export class PaperFetcher {
  readonly #settings: Settings;
  readonly #arxiv: PoliteClient;
  readonly #crossref: PoliteClient;

  constructor(settings: Settings, timing: Partial<Timing> = {}) {
    this.#settings = settings;
    const contact = settings.contact === undefined ? "" : ` (mailto:${settings.contact})`;
    const common = { ...REAL_TIME, ...timing, userAgent: `Footnote${contact}` };
    this.#arxiv = new PoliteClient({
      ...common,
      accept: "application/atom+xml",
      gapMs: ARXIV_GAP_MS,
      mostBytes: ARXIV_BYTES,
    });
    this.#crossref = new PoliteClient({
      ...common,
      accept: "application/json",
      gapMs: CROSSREF_GAP_MS,
      mostBytes: CROSSREF_BYTES,
    });
  }

  /** @throws AppError config when nobody may be asked; internal when the folder cannot be written; the signal's reason */
  async fetch(names: readonly string[], { folder, signal, onProgress }: FetchOptions): Promise<FetchedFiles> {
    if (!this.#settings.isAllowed) throw new AppError("config", refusal(names));
    const asked = new AskedNames(names);
    const files = new Set<string>();
    const problems = [...asked.problems];
    let done = 0;
    for await (const { kind, fetched } of this.#all(asked, signal)) {
      if ("reason" in fetched) problems.push({ file: asked.nameOf(fetched.id), reason: fetched.reason });
      else files.add(await keep(path.join(folder, fileName(kind, fetched.id)), fetched.content));
      done = Math.min(done + 1, asked.total);
      onProgress?.({ done, total: asked.total });
    }
    return { files: [...files], problems };
  }

  async *#all(asked: AskedNames, signal: AbortSignal | undefined) {
    const { contact, arxivUrl, crossrefUrl } = this.#settings;
    const arxiv = { client: this.#arxiv, address: arxivUrl, signal };
    const crossref = { client: this.#crossref, address: crossrefUrl, contact, signal };
    for (const client of [this.#arxiv, this.#crossref]) client.begin();
    yield* ofKind("arxiv", arxivPapers(asked.arxivIds, arxiv));
    for (const listing of asked.listings) yield* ofKind("arxiv", arxivListing(listing, arxiv));
    yield* ofKind("doi", crossrefPapers(asked.dois, crossref));
  }
}

async function* ofKind(kind: "arxiv" | "doi", all: AsyncGenerator<Fetched>) {
  for await (const fetched of all) yield { kind, fetched };
}

/** What to ask whom, each once. */
class AskedNames {
  readonly arxivIds: string[] = [];
  readonly dois: string[] = [];
  readonly listings: { category: string; most: number; name: string }[] = [];
  readonly problems: CorpusProblem[] = [];
  /** As they were given, by what is asked for. */
  readonly #given = new Map<string, string>();

  constructor(names: readonly string[]) {
    for (const given of names) {
      const name = readPaperName(given);
      if (name !== undefined) this.#add(name, given);
    }
  }

  /** Papers at most. */
  get total(): number {
    const listed = this.listings.reduce((sum, { most }) => sum + most, 0);
    return this.arxivIds.length + this.dois.length + listed;
  }

  nameOf(id: string): string {
    return this.#given.get(id) ?? id;
  }

  #add(name: PaperName, given: string): void {
    if (name.kind === "problem") {
      this.problems.push({ file: given, reason: name.reason });
      return;
    }
    const id = name.kind === "listing" ? given : name.id;
    if (this.#given.has(id)) return;
    if (this.total >= MOST_NAMES) {
      const reason = `was not asked for: ${MOST_NAMES} papers at once are enough, name it in a second step`;
      this.problems.push({ file: given, reason });
      return;
    }
    this.#given.set(id, given);
    if (name.kind === "listing") this.listings.push({ ...name, name: given });
    else (name.kind === "arxiv" ? this.arxivIds : this.dois).push(id);
  }
}

function refusal([first = ""]: readonly string[]): string {
  return `${first} is not on this machine, and INGEST_ALLOW_NETWORK is not set, so nobody was asked: set INGEST_ALLOW_NETWORK=true and EGRESS=all to ask arXiv and Crossref`;
}

/** The same for the same id, and a name on every file system. */
function fileName(kind: "arxiv" | "doi", id: string): string {
  const ending = kind === "arxiv" ? "xml" : "json";
  const safe = encodeURIComponent(id).replaceAll("*", "%2A");
  if (safe.length <= LONGEST_FILE) return `${kind}-${safe}.${ending}`;
  const hash = createHash("sha256").update(id).digest("hex").slice(0, 16);
  return `${kind}-${safe.slice(0, LONGEST_FILE - hash.length)}-${hash}.${ending}`;
}

async function keep(file: string, content: string): Promise<string> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeAtomically(file, content);
    return file;
  } catch (error) {
    const fault = writeFault(error) ?? "could not be written";
    throw new AppError("internal", `${path.dirname(file)} ${fault}`, { cause: error });
  }
}
