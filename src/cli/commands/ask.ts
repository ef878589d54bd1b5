import { addAbortSignal, type Readable } from "node:stream";
import { MAX_FIND_LENGTH } from "../../protocol/limits.ts";
import { FOUND, FOUND_NOWHERE } from "../../protocol/wording.ts";
import { type FindResponse, MAX_QUESTION_LENGTH, type Scope, type SearchResult } from "../../protocol.ts";
import { oneLine, randomId } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";
import { UsageError } from "../failure.ts";
import { paint, terminalText } from "../output.ts";
import { printAnswer } from "../print-answer.ts";
import { startAssistant, withAssistant } from "../with-assistant.ts";

/** Streams the answer to the question ("-": standard input), then its numbered notes. */
export async function ask(
  context: CommandContext,
  given: string,
  options: { readonly corpus?: string; readonly json: boolean },
): Promise<void> {
  const question = await questionText(context, given);
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const scope = scopeOf(options);
    const request = { question, scope, owner: LOCAL_OWNER, messageId: randomId(), signal: context.signal };
    await printAnswer(context, assistant.ask(request), options.json);
  });
}

function scopeOf({ corpus }: { readonly corpus?: string }): Scope | undefined {
  return corpus === undefined ? undefined : { corpus };
}

/** Streams a cited summary of the paper with this title or id. */
export async function summarize(
  context: CommandContext,
  given: string,
  options: { readonly json: boolean },
): Promise<void> {
  const titleOrId = await questionText(context, given);
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const request = { owner: LOCAL_OWNER, messageId: randomId(), signal: context.signal };
    await printAnswer(context, assistant.summarize(titleOrId, request), options.json);
  });
}

/** Prints the papers that fit best, best first. Finding none is not a failure. */
export async function search(
  context: CommandContext,
  given: string,
  options: { readonly limit: number; readonly corpus?: string; readonly json: boolean },
): Promise<void> {
  const query = await questionText(context, given);
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const scope = scopeOf(options);
    const response = await assistant.search({ query, limit: options.limit, scope, signal: context.signal });
    const { stdout, stderr } = context;
    if (options.json) stdout.json(response);
    else if (response.results.length === 0) stderr.line("footnote: no paper fits");
    else stdout.write(searchTable(response.results, stdout.columns, stdout.colour));
  });
}

/** Two lines a paper: rank, score and title; below, the passage that matched best. Cut to `columns`. */
function searchTable(results: readonly SearchResult[], columns: number, colour: boolean): string {
  const style = paint(colour);
  const rankWidth = String(results.length).length;
  return results
    .map(({ score, paper, passages }, at) => {
      const head = `${String(at + 1).padStart(rankWidth)}  ${score.toFixed(3)}  `;
      const room = Math.max(columns - head.length, 20);
      const title = `${style.marker(head)}${style.bold(fitted(paper.title, room))}\n`;
      const [best] = passages;
      const passage = best === undefined ? "" : fitted(best.text, room);
      return passage === "" ? title : `${title}${" ".repeat(head.length)}${style.dim(passage)}\n`;
    })
    .join("");
}

/** On one line, cut at the end of a word where it is longer than `room` characters. */
function fitted(text: string, room: number): string {
  const line = terminalText(text).replace(/\s+/g, " ").trim();
  if (line.length <= room) return line;
  const cut = line.slice(0, room - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), room - 20)).trimEnd()}…`;
}

/** Prints the papers that say a sentence, or come nearest to it. Finding none is not a failure. */
export async function find(
  context: CommandContext,
  given: string,
  options: { readonly limit: number; readonly json: boolean },
): Promise<void> {
  const text = await questionText(context, given, { what: "sentence", most: MAX_FIND_LENGTH });
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const found = await assistant.find({ text, limit: options.limit, signal: context.signal });
    const { stdout } = context;
    if (options.json) stdout.json(found);
    else stdout.write(matchList(found, stdout.colour));
  });
}

/** Two lines a paper: how near it comes, and its title; below, the sentence. */
function matchList({ grade, matches }: FindResponse, colour: boolean): string {
  const style = paint(colour);
  const lines = matches.flatMap((match) => [
    `${style.marker(FOUND[match.grade])}: ${style.bold(oneLine(terminalText(match.paper.title)))}`,
    `  “${oneLine(terminalText(match.sentence.text))}”`,
  ]);
  return [...(grade === "nowhere" ? [FOUND_NOWHERE] : []), ...lines].map((line) => `${line}\n`).join("");
}

const QUESTION = { what: "question", most: MAX_QUESTION_LENGTH };

/**
 * The question as given, or all of standard input for "-", without space around it.
 * @throws UsageError when it is empty or longer than the contract allows
 */
async function questionText(
  { stdin, signal }: CommandContext,
  given: string,
  { what, most } = QUESTION,
): Promise<string> {
  const text = (given === "-" ? await readAll(addAbortSignal(signal, stdin)) : given).trim();
  if (text === "")
    throw new UsageError(`the ${what} is empty: give it in quotes, or on standard input with -`);
  if (text.length > most) {
    throw new UsageError(`the ${what} has ${text.length} characters, ${most} are allowed`);
  }
  return text;
}

async function readAll(stdin: Readable): Promise<string> {
  stdin.setEncoding("utf8");
  let text = "";
  for await (const chunk of stdin) text += String(chunk);
  return text;
}

/** Who asks on the command line: the one owner of a machine of one's own, as on a loopback address without keys. */
const LOCAL_OWNER = "local";
