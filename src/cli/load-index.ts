import type { Assistant } from "../assistant/port.ts";
import { untilAborted } from "../util/abort.ts";
import type { CommandContext } from "./context.ts";

/**
 * Indexes what is new, then says what there is.
 * @throws whatever kept the index from loading: a server without one is of no use
 */
export async function loadIndex({ signal, stderr }: CommandContext, assistant: Assistant): Promise<void> {
  try {
    await untilAborted(assistant.start({ follow: true, signal }), signal);
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  const readiness = assistant.readiness();
  if (readiness.status === "ready") {
    const { papers, passages, answerModel } = readiness;
    stderr.line(`Ready: ${papers} papers, ${passages} passages, answers by ${answerModel}`);
  }
}
