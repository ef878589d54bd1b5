import type { z } from "zod";
import { AppError } from "../errors.ts";
import { fieldOf, zodSentence } from "../util/zod-sentence.ts";

/**
 * What came over the wire, checked. `whole` names the input in messages: "the body".
 * @throws AppError bad_request that names the first wrong field and says what it takes
 */
export function parse<Value>(schema: z.ZodType<Value>, input: unknown, whole: string): Value {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw new AppError("bad_request", `${whole} is wrong`);
  const field = fieldOf(issue);
  throw new AppError("bad_request", zodSentence(issue, input, whole), field === undefined ? {} : { field });
}
