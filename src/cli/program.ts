import { Command, InvalidArgumentError } from "commander";
import { FIGURES } from "../eval/figures.ts";
import type { EvalOptions } from "./commands/eval.ts";
import type { StartServer } from "./commands/serve.ts";
import type { CommandContext } from "./context.ts";
import { exitCodeOf, failureJson, failureText, isFailure } from "./failure.ts";

const DEFAULT_RESULTS = 10;
const DEFAULT_MATCHES = 3;
/** The contract's `limit`. */
const MAX_RESULTS = 100;
const CORPUS_OPTION = ["--corpus <name>", "only the papers of this corpus"] as const;
const JSON_OPTION = ["--json", "print exactly one JSON value", false] as const;

/**
 * The commands and their options. Each command's code is imported when it runs, so that `--help` is instant.
 * @throws CommanderError (as a rejection of parseAsync) for help, version and wrong usage, already told
 */
function createProgram(context: CommandContext, startServer: StartServer): Command {
  const program = new Command("footnote")
    .description("Ask a corpus of research papers; every claim is answered with a verified quote.")
    .version(context.version)
    .exitOverride()
    .showHelpAfterError("(footnote --help shows how)")
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, "footnote:")),
    });
  addServing(program, context, startServer);
  addAsking(program, context);
  addPapers(program, context);
  addUpkeep(program, context);
  addMeasuring(program, context);
  return program;
}

function addServing(program: Command, context: CommandContext, startServer: StartServer): void {
  program
    .command("serve")
    .description("serve the web page, HTTP and WebSocket")
    .action(async () => {
      const { serve } = await import("./commands/serve.ts");
      await serve(context, startServer);
    });
  program
    .command("slack")
    .description("answer in Slack (Socket Mode)")
    .action(async () => {
      const { slack } = await import("./commands/serve.ts");
      await slack(context);
    });
  program
    .command("mcp")
    .description("answer a client of the Model Context Protocol over standard input and output")
    .action(async () => {
      const { mcp } = await import("./commands/serve.ts");
      await mcp(context);
    });
  program
    .command("ingest")
    .description("add or update papers from files and folders, or by name")
    .argument("[path...]", "files, folders, arxiv:ID, doi:DOI, https://arxiv.org/… (default: SEEDS_DIR)")
    .option("--corpus <name>", "put all that is read into the corpus of this name too")
    .option("--rebuild", "embed everything again", false)
    .option(...JSON_OPTION)
    .action((paths: string[], options: { corpus?: string; rebuild: boolean; json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { ingest } = await import("./commands/papers.ts");
        await ingest(context, paths, options);
      }),
    );
}

function addAsking(program: Command, context: CommandContext): void {
  program
    .command("ask")
    .description("answer a question, with numbered references")
    .argument("<question>", 'the question, or "-" for standard input')
    .option(...CORPUS_OPTION)
    .option(...JSON_OPTION)
    .action((question: string, options: { corpus?: string; json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { ask } = await import("./commands/ask.ts");
        await ask(context, question, options);
      }),
    );
  program
    .command("search")
    .description("list the papers that fit best")
    .argument("<query>", 'what to look for, or "-" for standard input')
    .option("-k, --limit <n>", `how many papers (1 to ${MAX_RESULTS})`, wholeNumber, DEFAULT_RESULTS)
    .option(...CORPUS_OPTION)
    .option(...JSON_OPTION)
    .action((query: string, options: { limit: number; corpus?: string; json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { search } = await import("./commands/ask.ts");
        await search(context, query, options);
      }),
    );
  program
    .command("find")
    .description("say where a sentence was read: the papers that say it, or nearly")
    .argument("<sentence>", 'the sentence, or "-" for standard input')
    .option("-k, --limit <n>", `how many papers (1 to ${MAX_RESULTS})`, wholeNumber, DEFAULT_MATCHES)
    .option(...JSON_OPTION)
    .action((sentence: string, options: { limit: number; json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { find } = await import("./commands/ask.ts");
        await find(context, sentence, options);
      }),
    );
  program
    .command("summarize")
    .description("summarize one paper, with numbered references")
    .argument("<title-or-id>", "the paper's title or id")
    .option(...JSON_OPTION)
    .action((titleOrId: string, options: { json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { summarize } = await import("./commands/ask.ts");
        await summarize(context, titleOrId, options);
      }),
    );
}

function addPapers(program: Command, context: CommandContext): void {
  const papers = program.command("papers").description("list, show, tag or remove the papers of the index");
  papers
    .command("list")
    .description("list the papers, one a line")
    .argument("[words]", "those whose title or authors hold these words")
    .option(...CORPUS_OPTION)
    .option(...JSON_OPTION)
    .action((words: string | undefined, options: { corpus?: string; json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { listPapers } = await import("./commands/papers.ts");
        await listPapers(context, words, options);
      }),
    );
  papers
    .command("show")
    .description("show all that is known of one paper")
    .argument("<id>", "its id, DOI or arXiv id")
    .option(...JSON_OPTION)
    .action((id: string, options: { json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { showPaper } = await import("./commands/papers.ts");
        await showPaper(context, id, options);
      }),
    );
  papers
    .command("tag")
    .description("give papers a tag; from then on their tags are those set by hand, whatever their files say")
    .argument("<tag>", "the tag")
    .argument("<id...>", "their ids, DOIs or arXiv ids")
    .option("--remove", "take the tag away", false)
    .option(...JSON_OPTION)
    .action((tag: string, ids: string[], options: { remove: boolean; json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { tagPapers } = await import("./commands/papers.ts");
        await tagPapers(context, tag, ids, options);
      }),
    );
  papers
    .command("remove")
    .description("remove papers for good, whatever SEEDS_DIR holds; answers that cite them keep their notes")
    .argument("<id...>", "their ids, DOIs or arXiv ids")
    .option(...JSON_OPTION)
    .action((ids: string[], options: { json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { removePapers } = await import("./commands/papers.ts");
        await removePapers(context, ids, options);
      }),
    );
}

function addUpkeep(program: Command, context: CommandContext): void {
  program
    .command("doctor")
    .description("say what is configured, what would fail, and how to fix it")
    .option(...JSON_OPTION)
    .action(async (options: { json: boolean }) => {
      const { doctor } = await import("./commands/upkeep.ts");
      await doctor(context, options);
    });
  program
    .command("backup")
    .description("copy conversations and index, while they are in use, into a new folder")
    .argument("[folder]", "where the new folder is made", ".")
    .option(...JSON_OPTION)
    .action((folder: string, options: { json: boolean }) =>
      withJsonFailure(context, options.json, async () => {
        const { backup } = await import("./commands/upkeep.ts");
        await backup(context, folder, options);
      }),
    );
}

function addMeasuring(program: Command, context: CommandContext): void {
  program
    .command("eval")
    .description("ask the questions of a file and measure the answers")
    .usage("<questions.jsonl> [options] [--min-<figure> <n>]… [--max-<figure> <n>]…")
    .argument("[arguments...]")
    .allowUnknownOption()
    .option("--halves", "also of every second question, and of the others", false)
    .option("--baseline <file>", "say which questions were lost and won since")
    .option("--max-lost <n>", "fail when more questions of one type were lost", count)
    .option("--not-worse", "fail when a type is worse than the baseline by more than chance", false)
    .option("--write-baseline <file>", "keep the results, to compare with")
    .option(...JSON_OPTION)
    .addHelpText("after", THRESHOLDS_HELP)
    .action(async (given: string[], options: EvalOptions) => {
      let check = (): void => {};
      await withJsonFailure(context, options.json, async () => {
        const { evaluate } = await import("./commands/eval.ts");
        check = await evaluate(context, given, options);
      });
      check();
    });
}

const THRESHOLDS_HELP = `
--min-<figure> and --max-<figure> end with exit code 1 when a figure is below or above, with --halves in either half.
A figure is named with its group: --min-semantic.hit@10 0.7, --max-unanswerable/near.high 0.2, --max-all.p99 80.
Without one it is of all questions.

Figures:
${[...FIGURES].map(([name, { about }]) => `  ${name.padEnd(20)}${about}`).join("\n")}`;

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("takes a whole number from 0.");
  return Number(value);
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > MAX_RESULTS) {
    throw new InvalidArgumentError(`takes a whole number from 1 to ${MAX_RESULTS}.`);
  }
  return number;
}

/** Who asked for JSON gets one JSON value when the command fails, too: the problem. */
async function withJsonFailure(
  context: CommandContext,
  json: boolean,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (json && !context.signal.aborted && isFailure(error)) context.stdout.json(failureJson(error));
    throw error;
  }
}

/** Runs one command line (without node and script) to its end. @returns the exit code */
export async function run(
  argv: readonly string[],
  context: CommandContext,
  startServer: StartServer,
): Promise<number> {
  let debug = false;
  const watched: CommandContext = {
    ...context,
    async loadConfig() {
      const config = await context.loadConfig();
      debug = ["debug", "trace"].includes(config.server.logLevel);
      for (const warning of config.warnings) context.stderr.line(`footnote: ${warning}`);
      return config;
    },
  };
  try {
    await createProgram(watched, startServer).parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    // Whatever an abort looks like where it surfaced, the end was asked for.
    const reason: unknown = context.signal.aborted ? context.signal.reason : error;
    if (isFailure(reason)) context.stderr.line(failureText(reason, debug));
    return exitCodeOf(reason);
  } finally {
    await Promise.all([context.stdout.flush(), context.stderr.flush()]);
  }
}
