import path from "node:path";

/** The database of conversations below `dataFolder` (DATA_DIR). */
export function conversationsFile(dataFolder: string): string {
  return path.join(dataFolder, "conversations.db");
}
