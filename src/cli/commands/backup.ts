import type { BackupReport } from "../../assistant/backup/backup.ts";
import { countOf } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";

/** Copies conversations and index into a new folder below `into`, and says which. */
export async function backup(
  context: CommandContext,
  into: string,
  options: { readonly json: boolean },
): Promise<void> {
  const report = await context.backup(await context.loadConfig(), into);
  if (options.json) context.stdout.json(report);
  else context.stdout.line(summary(report));
}

function summary({ folder, data, index }: BackupReport): string {
  const parts = [
    ...(data === undefined
      ? []
      : [`${countOf(data.conversations, "conversation")} with ${countOf(data.messages, "message")}`]),
    ...(index === undefined ? [] : [`the index of ${countOf(index.papers, "paper")}`]),
  ];
  return `${folder}: ${parts.join(", ")}`;
}
