import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { askChild, WATCHED_STDIO } from "../../../util/child-process.ts";
import type { Draft } from "../record/draft.ts";

export interface DocumentRequest {
  readonly file: string;
  readonly kind: "pdf" | "docx" | "epub";
}

export type DocumentReply =
  | { readonly draft: Draft; readonly notes: readonly string[]; readonly error?: never }
  | { readonly error: string };

/** A process runs plain JavaScript: from source, as tests are, it is the one that `npm run build` made. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts")
    ? "../../../../dist/corpus/readers/documents/document-worker.js"
    : "./document-worker.js",
  import.meta.url,
);
/** Milliseconds of one document: a thesis takes some seconds. */
const MOST_MS = 60_000;
/** MiB of the process' heap, and of all that it holds. */
const HEAP_MIB = 768;
const MOST_MIB = 1000;
/** Milliseconds between two looks at what it holds. */
const LOOK_MS = 250;
/** Milliseconds after the last document in which the process waits for another. */
const REST_MS = 5_000;
const PAGE_BYTES = 4096;

/** One process for the documents of an ingest: to start it and to load what reads PDFs takes as long as one of them. */
class DocumentProcess {
  #child: ChildProcess | undefined;
  #rest: NodeJS.Timeout | undefined;

  async read(request: DocumentRequest, signal: AbortSignal | undefined): Promise<DocumentReply> {
    clearTimeout(this.#rest);
    const child = this.#running();
    child.ref();
    let why: string | undefined;
    const stop = (reason: string) => {
      why = reason;
      this.#end();
    };
    const timer = setTimeout(() => stop(`takes more than ${MOST_MS / 1000} s to read`), MOST_MS);
    const looks = setInterval(async () => {
      if ((await residentMib(child.pid)) > MOST_MIB) stop(`takes more than ${MOST_MIB} MiB to read`);
    }, LOOK_MS);
    try {
      return await askChild<DocumentReply>(child, request, signal);
    } catch (error) {
      this.#end();
      signal?.throwIfAborted();
      return {
        error:
          why ??
          `cannot be read: the process that reads it failed (${error instanceof Error ? error.message : String(error)})`,
      };
    } finally {
      clearTimeout(timer);
      clearInterval(looks);
      child.unref();
      child.channel?.unref();
      for (const stream of child.stdio) (stream as Socket | null)?.unref();
      this.#rest = setTimeout(() => this.#end(), REST_MS).unref();
    }
  }

  #running(): ChildProcess {
    if (this.#child?.connected) return this.#child;
    const child = fork(fileURLToPath(ENTRY), [], {
      execArgv: [`--max-old-space-size=${HEAP_MIB}`],
      serialization: "advanced",
      stdio: [...WATCHED_STDIO],
    });
    child.on("error", () => undefined);
    this.#child = child;
    return child;
  }

  #end(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }
}

const shared = new DocumentProcess();

/** Reads a document in a process of its own, with limits of time and memory. @throws the signal's reason */
export const readDocument = (
  request: DocumentRequest,
  signal: AbortSignal | undefined,
): Promise<DocumentReply> => shared.read(request, signal);

/** What a process holds in memory; 0 where the system does not say. */
async function residentMib(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "");
  return (Number(text.split(" ")[1] ?? 0) * PAGE_BYTES) / 1024 / 1024;
}
