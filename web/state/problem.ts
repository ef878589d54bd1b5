import { FootnoteError } from "../../src/client.ts";

/** What went wrong, for people. */
export interface Problem {
  readonly message: string;
  readonly retryable: boolean;
}

/** What stands in front of the server's own sentence, or in its place. */
const WORDS: Partial<Record<FootnoteError["code"], string>> = {
  unreachable: "The server cannot be reached. Nothing is lost here: try again when the connection is back.",
  timeout: "The server took too long to answer.",
  indexing: "The papers are still being indexed. Try again in a moment.",
};

export function toProblem(error: unknown): Problem {
  if (!(error instanceof FootnoteError)) {
    return { message: "Something failed on this page. Try again, or reload it.", retryable: true };
  }
  const message = error.code === "not_found" ? notHere(error.message) : WORDS[error.code];
  return { message: message ?? error.message, retryable: error.retryable };
}

/** What it is that is not there; its id, which the server names, tells a person nothing. */
function notHere(message: string): string {
  const [what = ""] = /\b(?:conversation|paper|addition)\b/i.exec(message) ?? [];
  return `This ${what.toLowerCase() || "answer"} is not here any more, or it never was.`;
}
