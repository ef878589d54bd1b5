import path from "node:path";
import { AppError } from "../../errors.ts";

const DAMAGE = /NOTADB|CORRUPT/;
const LOCKED = /BUSY|LOCKED/;
const FIXES: ReadonlyArray<[code: RegExp, fact: string, fix: string]> = [
  [
    DAMAGE,
    "is damaged",
    "put a backup in its place, or move the file away to start without the conversations in it",
  ],
  [/FULL|ENOSPC/, "cannot grow, the disk is full", "free some space on it"],
  [
    /READONLY|PERM|CANTOPEN|EACCES|EROFS/,
    "cannot be written",
    "give this user the right to write it and its folder",
  ],
  [/EEXIST|ENOTDIR/, "has no folder to be in", "name a folder in DATA_DIR"],
];
const GENERAL = ["failed", "see the cause"] as const;

/** What SQLite threw about `file`, as an error that names the file and the fix; an AppError stays as it is. */
export function sqliteError(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (LOCKED.test(code)) return lockedError(file, 0, error);
  const row = FIXES.find(([pattern]) => pattern.test(code));
  const [fact, fix] = row === undefined ? GENERAL : [row[1], row[2]];
  return new AppError("internal", `The database ${file} ${fact}: ${fix}`, { cause: error });
}

/**
 * That another program holds the lock on `file`. Clients are shown the message: where the file is stands in the cause.
 * @param waitedMs how long it was waited for
 */
export function lockedError(file: string, waitedMs: number, cause?: unknown): AppError {
  const since = waitedMs < 1000 ? "is locked" : `has been locked for ${Math.round(waitedMs / 1000)} s`;
  return new AppError(
    "busy",
    `The database ${path.basename(file)} ${since} by another program: end that program, or try again`,
    { cause: new Error(file, cause === undefined ? {} : { cause }) },
  );
}

/** Whether it says that the file that was read is broken. */
export function isDamage(error: unknown): boolean {
  return DAMAGE.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
