import { AppError } from "../errors.ts";

/** A file of the index is missing, cut off or changed. The papers can be read again, so a rebuild fixes it. */
export class DamagedIndexError extends AppError {
  /** @param fact the file and what is wrong with it */
  constructor(fact: string, cause?: unknown) {
    super("internal", `${fact}: run footnote ingest --rebuild`, { cause });
  }
}
