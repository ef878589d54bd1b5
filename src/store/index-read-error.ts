import { AppError } from "../errors.ts";
import { fileErrorReason } from "../util/files.ts";
import { DamagedIndexError } from "./damaged-index-error.ts";

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
