import { addAbortSignal, type Readable } from "node:stream";
import { MAX_QUESTION_LENGTH } from "../protocol.ts";
import type { CommandContext } from "./context.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The question as given, or all of standard input for "-", without space around it.
 * @throws UsageError when it is empty or longer than the contract allows
 */
export async function questionText({ stdin, signal }: CommandContext, given: string): Promise<string> {
  const text = (given === "-" ? await readAll(addAbortSignal(signal, stdin)) : given).trim();
  if (text === "")
    throw new UsageError("the question is empty: give it in quotes, or on standard input with -");
  if (text.length > MAX_QUESTION_LENGTH) {
    throw new UsageError(`the question has ${text.length} characters, ${MAX_QUESTION_LENGTH} are allowed`);
  }
  return text;
}

async function readAll(stdin: Readable): Promise<string> {
  stdin.setEncoding("utf8");
  let text = "";
  for await (const chunk of stdin) text += String(chunk);
  return text;
}
