import { AppError } from "../errors.ts";
import { fileErrorReason, writeFault } from "../util/files.ts";

/** A file of the index is missing, cut off or changed. The papers can be read again, so a rebuild fixes it. */
export class DamagedIndexError extends AppError {
  /** @param fact the file and what is wrong with it */
  constructor(fact: string, cause?: unknown) {
    super("internal", `${fact}: run footnote ingest --rebuild`, { cause });
  }
}

/**
 * Why a file of the index could not be read. Only one that is not there is damage, which a rebuild fixes: one that may
 * not be read now, or not by this user, is still the only copy of its papers.
 */
export function indexReadError(file: string, cause: unknown): AppError {
  if (isMissing(cause)) return new DamagedIndexError(`${file} is missing`, cause);
  return new AppError("internal", `${file} cannot be read: ${fileErrorReason(cause)}`, { cause });
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/**
 * What kept the index below `root` (VECTORSTORE_DIR) from being written, as an AppError (internal) that names the
 * folder and the fix. Anything that is not about the disk stays as it is.
 */
export function indexWriteError(error: unknown, root: string): unknown {
  const fault = writeFault(error);
  if (fault === undefined) return error;
  const message = `The index folder ${root} ${fault}. The index in it is as it was`;
  return new AppError("internal", message, { cause: error });
}
