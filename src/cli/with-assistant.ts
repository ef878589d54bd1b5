import type { Assistant, IngestProgress } from "../assistant/port.ts";
import { untilAborted } from "../util/abort.ts";
import type { CommandContext } from "./context.ts";
import { failureText } from "./failure.ts";
import type { Output } from "./output.ts";

/** Runs `work` with an assistant, and closes it however the work ends. What fails beside it is told, a line each. */
export async function withAssistant(
  context: CommandContext,
  work: (assistant: Assistant) => Promise<void>,
): Promise<void> {
  const config = await context.loadConfig();
  const assistant = await context.createAssistant(config, (error) =>
    context.stderr.line(failureText(error, false)),
  );
  try {
    await work(assistant);
  } finally {
    await assistant.close();
  }
}

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

interface ProgressView {
  update(progress: IngestProgress): void;
  /** Leaves the terminal clean. */
  end(): void;
}

const LABELS: Readonly<Record<IngestProgress["stage"], string>> = {
  reading: "Reading  ",
  embedding: "Embedding",
  writing: "Writing  ",
};

/** A bar with the time that is left, one stage after the other; nothing where no person watches. */
export async function ingestProgress(stderr: Output): Promise<ProgressView> {
  if (!stderr.isTerminal) return { update: () => {}, end: () => {} };
  const { SingleBar, Presets } = await import("cli-progress");
  const bar = new SingleBar(
    {
      stream: stderr.stream,
      format: "{stage} {bar} {percentage}% {count}{eta_formatted} left",
      clearOnComplete: true,
      // Ctrl-C is handled in one place for all commands; no setting of the terminal is changed, so none needs restoring.
      gracefulExit: false,
      hideCursor: null,
      linewrap: null,
      // One file or a few records finish between two steps: a longer buffer keeps the estimate calm.
      etaBuffer: 50,
      formatTime: clock,
    },
    Presets.shades_classic,
  );
  let stage: IngestProgress["stage"] | undefined;
  return {
    update(progress) {
      const label = { stage: LABELS[progress.stage], count: count(progress) };
      if (progress.stage !== stage) bar.start(progress.total, progress.done, label);
      else {
        bar.setTotal(progress.total);
        bar.update(progress.done, label);
      }
      stage = progress.stage;
    },
    end: () => bar.stop(),
  };
}

/** Papers are worth counting; reading counts bytes, of which the percentage says enough. */
function count({ stage, done, total }: IngestProgress): string {
  return stage === "reading" ? "" : `${done}/${total} `;
}

/** Seconds → "m:ss"; the bar gives words while it cannot tell yet. */
function clock(seconds: number): string {
  if (!Number.isFinite(Number(seconds))) return "–:––";
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
