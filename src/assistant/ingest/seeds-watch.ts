/** Notices what is put into SEEDS_DIR, changed or taken away there, also on disks of other machines that tell nothing. */
import { stat } from "node:fs/promises";
import { listFiles } from "../../corpus/readers/list-files.ts";

/** Milliseconds between two looks. A file counts once it is the same at two of them: it may still be being copied. */
const EVERY_MS = 3000;

interface Context {
  readonly folder: string;
  /** Called with the folder as it is after a change, once it has come to rest; the next waits for it. */
  readonly onChange: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
  readonly everyMs?: number | undefined;
}

export class SeedsWatch {
  readonly #context: Context;
  #timer: NodeJS.Timeout | undefined;
  #ingested: string | undefined;
  #last: string | undefined;
  #looking: Promise<void> | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  /** What is there when it resolves counts as known. */
  async start(): Promise<void> {
    this.#look();
    await this.#looking;
    this.#timer ??= setInterval(() => this.#look(), this.#context.everyMs ?? EVERY_MS).unref();
  }

  /** Resolves when what it began has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  #look(): void {
    this.#looking ??= this.#compare()
      .catch(this.#context.onError)
      .finally(() => {
        this.#looking = undefined;
      });
  }

  async #compare(): Promise<void> {
    const now = await stateOf(this.#context.folder);
    const rests = now === this.#last;
    this.#last = now;
    this.#ingested ??= now;
    if (!rests || now === this.#ingested) return;
    // Before the ingest: what changes during it is noticed by the next look.
    this.#ingested = now;
    await this.#context.onChange();
  }
}

/** Every file with its size and the time of its last change. */
async function stateOf(folder: string): Promise<string> {
  const { files } = await listFiles([folder]);
  const lines = await Promise.all(
    files.map(async ({ path }) => {
      const found = await stat(path).catch(() => undefined);
      return `${path} ${found?.size} ${found?.mtimeMs}`;
    }),
  );
  return lines.join("\n");
}
