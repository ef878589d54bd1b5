import path from "node:path";
import { AppError } from "../../errors.ts";
import { firstLetters } from "../../util/strings.ts";
import type { PaperCatalog } from "../catalog.ts";
import { originOfFile } from "../origin.ts";
import type { StoredPaper } from "../paper.ts";
import { type FileListing, listFiles } from "../readers/list-files.ts";
import { formatNames, readFile } from "../readers/read-file.ts";
import type { ReadItem } from "../readers/reader.ts";
import { Coverage } from "./coverage.ts";
import { CorpusBuilder, type CorpusCounts } from "./merge.ts";
import { type CorpusProblem, ProblemLog } from "./problem-log.ts";

/** Letters of a title that a note quotes. */
const MOST_TITLE_LETTERS = 100;
/** Problems that an error about an ingest without papers quotes. */
const QUOTED_PROBLEMS = 3;

export interface BuildCorpusRequest {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly seedsDir: string;
  /** The name of the corpus that every paper read is put into. */
  readonly corpus?: string | undefined;
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
  /** What was left out of papers that came in, converted, or merged. */
  readonly notes: CorpusProblem[];
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
  const notes: ProblemLog[] = [];
  // Records without a text fill in what is known of a paper that another file has, whichever is read first.
  const late: (() => void)[] = [];
  let records = 0;
  for (const { path: file } of listing.files) {
    const origin = originOfFile(file, seedsDir);
    const items = inCorpus(readFile(file, { signal, onBytes }), request.corpus);
    const read = await readInto(builder, items, origin, shown(file), late);
    records += read.records;
    // Of a file that holds nothing but broken records it is not known what it was meant to hold.
    if (!read.isCut && (read.records > 0 || read.problems.length === 0)) coverage.readWhole(origin);
    problems.push(...read.problems);
    notes.push(read.notes);
  }
  for (const add of late) add();
  const { papers, counts } = builder.finish((origin) => coverage.exhausted(origin));
  if (papers.length === 0 || (records === 0 && counts.removed === 0))
    throw noPapers(given.map(shown), problems);
  return { stored: papers, counts, problems, notes: notes.flatMap((log) => log.all()) };
}

interface FileRead {
  readonly records: number;
  /** It was not read to its end. */
  readonly isCut: boolean;
  readonly problems: CorpusProblem[];
  /** More may come, of records that are added late. */
  readonly notes: ProblemLog;
}

async function readInto(
  builder: CorpusBuilder,
  items: AsyncIterable<ReadItem>,
  origin: string,
  file: string,
  late: (() => void)[],
): Promise<FileRead> {
  const problems = new ProblemLog(file, "records could not be used");
  const notes = new ProblemLog(file, "notes");
  let records = 0;
  let isCut = false;
  for await (const item of items) {
    if ("problem" in item) {
      problems.add(item.problem);
      if (item.named !== undefined) builder.mention(item.named, origin);
      isCut ||= item.cutsOff === true;
    } else if ("note" in item) notes.add(item.note);
    else {
      records++;
      const { record, line } = item;
      for (const reason of item.notes ?? []) notes.add({ line, reason });
      const add = () => {
        const merged = builder.add(record, origin);
        if (merged === undefined) return;
        const title = firstLetters(merged.title, MOST_TITLE_LETTERS);
        notes.add({ line, reason: `is the same paper as “${title}” by ${merged.by}: merged` });
      };
      if (record.abstract === "") late.push(add);
      else add();
    }
  }
  return { records, isCut, problems: problems.all(), notes };
}

async function* inCorpus(
  items: AsyncIterable<ReadItem>,
  corpus: string | undefined,
): AsyncGenerator<ReadItem, void> {
  for await (const item of items) {
    const isPaper = corpus !== undefined && "record" in item;
    yield isPaper ? { ...item, record: { ...item.record, corpora: [corpus] } } : item;
  }
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
  // The working folder itself needs no name.
  const named = paths.filter((each) => each !== ".").join(", ");
  const from = paths.length === 0 ? " of no files at all" : named === "" ? "" : ` of ${named}`;
  return new AppError(
    "bad_request",
    `No papers came out${from}${why}: name files or folders that hold ${formatNames()}`,
  );
}
