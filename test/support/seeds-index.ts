/**
 * The index of the real seeds with the readings of its papers, made by the first test file of a run that imports this.
 * Importing takes as long as that: no time-out of a test counts it.
 */
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import { loadConfig } from "../../src/config.ts";
import { AppError } from "../../src/errors.ts";
import { LOADED_MODELS } from "./loaded-models.ts";
import { MODELS_FOLDER } from "./real-embedder.ts";

/** Milliseconds that another test file may take to make it: some 10 s beside other work. */
const LONGEST = 240_000;
const EVERY = 100;

/** Undefined outside a run of the tests, as in a benchmark. */
const run = process.env.FOOTNOTE_TEST_RUN;
const made = run === undefined ? undefined : await madeOnce(path.join(run, "seeds-index"));

/** A copy of it as VECTORSTORE_DIR, which spares a server, a command or an assistant to embed and read all papers. */
export function copySeedsIndex(vectorstore: string): void {
  if (made !== undefined) cpSync(made, vectorstore, { recursive: true });
}

async function madeOnce(folder: string): Promise<string> {
  const making = `${folder}-being-made`;
  if (isFirst(making)) {
    const folders = {
      SEEDS_DIR: "seeds",
      MODELS_DIR: MODELS_FOLDER,
      VECTORSTORE_DIR: `${making}/vectorstore`,
    };
    const config = loadConfig({ ...folders, DATA_DIR: `${making}/data` }, making);
    const assistant = createAssistant(config, { load: LOADED_MODELS });
    await assistant.start({ read: true });
    await drawn(assistant);
    await assistant.close();
    renameSync(`${making}/vectorstore`, folder);
  }
  for (let waited = 0; !existsSync(folder); waited += EVERY) {
    if (waited > LONGEST) throw new Error(`${folder}: was not made within ${LONGEST} ms`);
    await sleep(EVERY);
  }
  return folder;
}

/** The map is kept with the index. */
async function drawn(assistant: Assistant): Promise<void> {
  for (;;) {
    try {
      return void assistant.map();
    } catch (error) {
      if (!(error instanceof AppError && error.code === "indexing")) throw error;
      await sleep(EVERY);
    }
  }
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
