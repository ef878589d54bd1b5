import { AppError } from "../errors.ts";
import { writeFault } from "../util/files.ts";

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
