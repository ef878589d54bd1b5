/** The real assistant over the real seeds, with folders of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import { type Config, loadConfig } from "../../src/config.ts";

export interface BenchAssistant {
  readonly assistant: Assistant;
  readonly config: Config;
  close(): Promise<void>;
}

export async function openAssistant(): Promise<BenchAssistant> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  const config = loadConfig(
    {
      VECTORSTORE_DIR: path.join(folder, "vectorstore"),
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: "vectorstore/models",
    },
    folder,
  );
  const assistant = createAssistant(config);
  await assistant.start();
  return {
    assistant,
    config,
    close: async () => {
      await assistant.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
