import type { Assistant } from "../assistant/port.ts";
import { untilAborted } from "../util/abort.ts";
import type { CommandContext } from "./context.ts";
import { ingestProgress } from "./ingest-progress.ts";

/**
 * Loads the index, or builds it on first use while standard error tells how far it is.
 * @param read whether every paper is read before anything is asked
 */
export async function startAssistant(
  context: CommandContext,
  assistant: Assistant,
  read = false,
): Promise<void> {
  const { signal, stderr } = context;
  const bar = await ingestProgress(stderr);
  let told = false;
  try {
    const started = assistant.start({
      signal,
      read,
      onProgress: (progress) => {
        if (!told) stderr.line("footnote: indexing the papers on first use");
        told = true;
        bar.update(progress);
      },
    });
    await untilAborted(started, signal);
  } finally {
    bar.end();
  }
}
