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
  const { config, remove } = benchConfig();
  const assistant = createAssistant(config);
  await assistant.start();
  return {
    assistant,
    config,
    close: async () => {
      await assistant.close();
      remove();
    },
  };
}

/** Everything that is written goes into a folder of its own. */
export function benchConfig(variables: Record<string, string> = {}): { config: Config; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  const config = loadConfig(
    {
      VECTORSTORE_DIR: path.join(folder, "vectorstore"),
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: "vectorstore/models",
      ...variables,
    },
    folder,
  );
  return { config, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
