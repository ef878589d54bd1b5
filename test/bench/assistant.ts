/** The real assistant over the real seeds, with folders of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import type { Citation } from "../../src/protocol.ts";

export interface BenchAssistant {
  readonly assistant: Assistant;
  readonly config: Config;
  /** Checks a note against the paper itself, not against what the answerer says of it. */
  quoteHolds(citation: Citation): boolean;
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
    quoteHolds: ({ paperId, field, start, end, quote }) => {
      const { paper } = assistant.papers.get(paperId);
      return (field === "title" ? paper.title : paper.abstract).slice(start, end) === quote && quote !== "";
    },
    close: async () => {
      await assistant.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
