import { AppError } from "../errors.ts";
import { LESS_CERTAIN, NEXT } from "../protocol/wording.ts";
import type { Answer, AnswerEvent } from "../protocol.ts";
import { oneLine } from "../util/strings.ts";
import { alsoFoundList } from "./also-found.ts";
import { AnswerStream } from "./answer-stream.ts";
import type { CommandContext } from "./context.ts";
import { paint } from "./paint.ts";
import { referenceList } from "./reference-list.ts";
import { terminalText } from "./terminal-text.ts";

/**
 * Prints an answer as it comes, then its notes; with `json` only the Answer when it is done.
 * @throws the reason of the context's signal when the answer was aborted, AppError when it failed
 */
export async function printAnswer(
  context: CommandContext,
  events: AsyncIterable<AnswerEvent>,
  json: boolean,
): Promise<void> {
  const { stdout } = context;
  if (json) {
    stdout.json(await finalAnswer(context, events, () => {}));
    return;
  }
  const stream = new AnswerStream(stdout.colour);
  let streamed = "";
  try {
    const answer = await finalAnswer(context, events, (delta) => {
      streamed += delta;
      stdout.write(stream.push(delta));
    });
    stdout.write(stream.push(correction(streamed, answer.text)));
    stdout.line(stream.end());
    if (answer.confidence === "tentative") {
      stdout.line(`\n${paint(stdout.colour).dim(`(${LESS_CERTAIN.label}: ${LESS_CERTAIN.why})`)}`);
    }
    stdout.write(referenceList(answer.citations, stdout.colour));
    stdout.write(alsoFoundList(answer, stdout.colour));
    stdout.write(nextList(answer.next ?? [], stdout.colour));
    remark(context, answer);
  } catch (error) {
    if (streamed !== "") stdout.line(stream.end());
    throw error;
  }
}

function nextList(questions: readonly string[], colour: boolean): string {
  if (questions.length === 0) return "";
  const lines = questions.map((question) => `  ${oneLine(terminalText(question))}`);
  return ["", NEXT.label, ...lines].map((line) => `${paint(colour).dim(line)}\n`).join("");
}

async function finalAnswer(
  context: CommandContext,
  events: AsyncIterable<AnswerEvent>,
  onDelta: (text: string) => void,
): Promise<Answer> {
  for await (const event of events) {
    if (event.type === "delta") onDelta(event.text);
    if (event.type === "done") return event.answer;
    if (event.type === "aborted") break;
    if (event.type === "error") throw new AppError(event.code, event.message);
  }
  context.signal.throwIfAborted();
  throw new AppError("internal", "The answer ended before it was complete: please ask again");
}

/** What was printed cannot be taken back: when checking changed the text, the checked text follows. */
function correction(streamed: string, text: string): string {
  if (streamed.trimEnd() === text.trimEnd()) return "";
  return text.startsWith(streamed)
    ? text.slice(streamed.length)
    : `\n\nAfter checking its sources:\n\n${text}`;
}

/** What the reader should know about how the answer came about. */
function remark({ stderr }: CommandContext, answer: Answer): void {
  if (answer.fallback !== undefined) {
    const { from, reason } = answer.fallback;
    stderr.line(
      terminalText(`footnote: ${from} failed (${reason}); this answer is quoted from the papers instead`),
    );
  }
  for (const { start, end } of answer.unsupported) {
    stderr.line(terminalText(`footnote: no source supports “${answer.text.slice(start, end).trim()}”`));
  }
}
