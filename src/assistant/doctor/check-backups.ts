import { backupPlaces } from "../backup/backup-places.ts";
import { partialBackups, stateOf } from "../backup/partial-backups.ts";
import type { Finding } from "./finding.ts";

/** Backups that were begun, in the folders that `dataFolder` (DATA_DIR) remembers. */
export async function checkBackups(dataFolder: string): Promise<Finding[]> {
  const folders = await Promise.all((await backupPlaces(dataFolder)).map(partialBackups));
  return Promise.all(
    folders.flat().map(async (folder): Promise<Finding> => {
      const check = "backups";
      switch (await stateOf(folder)) {
        case "alive":
          return { check, state: "ok", message: `A backup is being made in ${folder}` };
        case "dead":
          return { check, state: "warning", message: `The backup ${folder} was killed: ${FIX}` };
        default:
          return {
            check,
            state: "warning",
            message: `The backup ${folder} is not complete: if nobody makes it now, ${FIX}`,
          };
      }
    }),
  );
}

const FIX = "remove it, or make another there, which does";
