import path from "node:path";
import { AppError } from "../errors.ts";
import type { PaperCatalog } from "./catalog.ts";
import { Coverage } from "./coverage.ts";
import { CorpusBuilder, type CorpusCounts } from "./merge.ts";
import { originOfFile } from "./origin.ts";
import type { StoredPaper } from "./paper.ts";
import { type CorpusProblem, ProblemLog } from "./problem-log.ts";
import { ALL_READERS } from "./readers/all-readers.ts";
import { type FileListing, listFiles } from "./readers/list-files.ts";
import { readFile } from "./readers/read-file.ts";

/** Problems that an error about an ingest without papers quotes. */
const QUOTED_PROBLEMS = 3;

export interface BuildCorpusRequest {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly seedsDir: string;
  /** The corpus that the new one continues. */
  readonly previous?: PaperCatalog | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after every piece read; in bytes of the files. */
  readonly onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
  /** What relative paths start from, and problems are told relative to; the process's own by default. */
  readonly workingFolder?: string | undefined;
}

export interface CorpusBuild {
  /** In corpus order; what did not change is the object that `previous` holds. */
  readonly stored: StoredPaper[];
  readonly counts: CorpusCounts;
  readonly problems: CorpusProblem[];
}

/**
 * Reads files and folders into papers and continues the previous corpus with them: papers of files that were not read,
 * or not to their end, stay.
 * @throws AppError bad_request when no file gave a paper and none was removed, or when no paper at all would be left;
 * the abort of `signal`
 */
export async function buildCorpus(request: BuildCorpusRequest): Promise<CorpusBuild> {
  const { signal, workingFolder = process.cwd() } = request;
  const seedsDir = path.resolve(workingFolder, request.seedsDir);
  const shown = (file: string): string => path.relative(workingFolder, file) || ".";
  const given = request.paths.map((each) => path.resolve(workingFolder, each));
  const listing = await listFiles(given, signal);
  const coverage = new Coverage(listing, seedsDir);
  const builder = new CorpusBuilder(request.previous);
  const problems: CorpusProblem[] = listing.problems.map(({ path: file, reason }) => ({
    file: shown(file),
    reason,
  }));
  const onBytes = meter(listing, request.onProgress);
  let records = 0;
  for (const { path: file } of listing.files) {
    const origin = originOfFile(file, seedsDir);
    const log = new ProblemLog(shown(file));
    for await (const item of readFile(file, { signal, onBytes })) {
      if ("problem" in item) log.add(item.problem);
      else builder.add(item.record, origin);
      if ("record" in item) records++;
    }
    if (log.count === 0) coverage.readWhole(origin);
    problems.push(...log.all());
  }
  const { papers, counts } = builder.finish((origin) => coverage.exhausted(origin));
  if (papers.length === 0 || (records === 0 && counts.removed === 0))
    throw noPapers(given.map(shown), problems);
  return { stored: papers, counts, problems };
}

/** A file that grows while it is read does not push `done` past `total`. */
function meter(
  { files }: FileListing,
  onProgress: BuildCorpusRequest["onProgress"],
): ((count: number) => void) | undefined {
  if (onProgress === undefined) return undefined;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  return (count) => {
    done = Math.min(total, done + count);
    onProgress({ done, total });
  };
}

function noPapers(paths: readonly string[], problems: readonly CorpusProblem[]): AppError {
  const where = ({ file, line }: CorpusProblem): string => (line === undefined ? file : `${file}:${line}`);
  const told = problems.slice(0, QUOTED_PROBLEMS).map((problem) => `${where(problem)}: ${problem.reason}`);
  const more = problems.length - told.length;
  const why = told.length === 0 ? "" : ` (${told.join("; ")}${more > 0 ? `; ${more} more` : ""})`;
  const formats = ALL_READERS.map(({ name }) => name).join(", ");
  return new AppError(
    "bad_request",
    `No papers came out of ${paths.join(", ") || "no files at all"}${why}: name files or folders that hold ${formats}`,
  );
}
