import { addAbortSignal, type Readable } from "node:stream";
import { MAX_QUESTION_LENGTH } from "../protocol.ts";
import type { CommandContext } from "./context.ts";
import { UsageError } from "./usage-error.ts";

const QUESTION = { what: "question", most: MAX_QUESTION_LENGTH };

/**
 * The question as given, or all of standard input for "-", without space around it.
 * @throws UsageError when it is empty or longer than the contract allows
 */
export async function questionText(
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
