/** An answer as a completion: its text with the references below it, whole or in chunks, and what it cost. */
import { AppError } from "../../errors.ts";
import { placeOf } from "../../protocol/wording.ts";
import type { Answer, AnswerFrame, Citation } from "../../protocol.ts";
import { escapeMarkdown, estimateTokens } from "../../util/strings.ts";
import { REFERENCES } from "./chat-request.ts";

/** Below the text, since clients show nothing else: the sources that it cites, under their numbers. */
export function referenceList({ citations, sources }: Answer): string {
  const cited = new Set(citations.map(({ marker }) => marker));
  const lines = sources
    .filter(({ marker }) => cited.has(marker))
    .map(({ marker, paper: { title, year, url } }) => {
      const place = placeOf(citations.find((note) => note.marker === marker) ?? {});
      const more = [year, place === "" ? undefined : escapeMarkdown(place), url];
      const said = more.flatMap((each) => (each === undefined ? [] : [`, ${each}`])).join("");
      return `[${marker}] *${escapeMarkdown(title)}*${said}`;
    });
  return lines.length === 0 ? "" : `\n\n${[REFERENCES, ...lines].join("\n\n")}`;
}

/**
 * The text of an answer as it comes. What was sent cannot be taken back: where the papers answer in the place of a model
 * that failed, that is said before their first word. @throws AppError that ended it
 */
export async function* replyText(
  frames: AsyncIterable<AnswerFrame>,
): AsyncGenerator<string, Answer | undefined> {
  let sent = "";
  for await (const frame of frames) {
    if (frame.type === "delta") {
      sent += frame.text;
      yield frame.text;
    }
    if (frame.type === "error") throw new AppError(frame.code, frame.message);
    if (frame.type === "done" || frame.type === "aborted") {
      yield restOf(frame.answer, sent);
      return frame.answer;
    }
  }
  return undefined;
}

function restOf(answer: Answer, sent: string): string {
  const { text, fallback } = answer;
  const list = referenceList(answer);
  if (text.startsWith(sent.trimEnd())) return text.slice(Math.min(sent.length, text.length)) + list;
  const why =
    fallback === undefined
      ? "After checking its sources:"
      : `${fallback.from} failed (${fallback.reason}). The papers say:`;
  return `${sent === "" ? "" : "\n\n"}${escapeMarkdown(why)}\n\n${text}${list}`;
}

type FinishReason = "stop" | "length";

/** Lets text through until a stop sequence, or as many tokens as are wanted; what may begin a stop sequence waits. */
export class BoundedText {
  readonly #stop: readonly string[];
  readonly #most: number;
  #held = "";
  #tokens = 0;
  #finish: FinishReason | undefined;

  constructor(stop: readonly string[], maxTokens: number | undefined) {
    this.#stop = stop;
    this.#most = maxTokens ?? Number.POSITIVE_INFINITY;
  }

  /** Why no more comes; undefined while more may. */
  get finish(): FinishReason | undefined {
    return this.#finish;
  }

  push(text: string): string {
    if (this.#finish !== undefined) return "";
    this.#held += text;
    const ends = this.#stop.map((stop) => this.#held.indexOf(stop)).filter((at) => at >= 0);
    if (ends.length > 0) {
      this.#finish = "stop";
      return this.#take(Math.min(...ends));
    }
    return this.#take(this.#held.length - this.#begun());
  }

  end(): string {
    return this.#finish === undefined ? this.#take(this.#held.length) : "";
  }

  /** Letters at the end that a stop sequence may begin with. */
  #begun(): number {
    const lengths = this.#stop.map((stop) => {
      let length = Math.min(stop.length - 1, this.#held.length);
      while (length > 0 && !stop.startsWith(this.#held.slice(-length))) length--;
      return length;
    });
    return Math.max(0, ...lengths);
  }

  #take(length: number): string {
    let text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    while (text !== "" && this.#tokens + estimateTokens(text) > this.#most) {
      this.#finish = "length";
      const room = this.#most - this.#tokens;
      // A word at a time, and what is one word by halves.
      const cut = text.trimEnd().lastIndexOf(" ", Math.max(0, 4 * room));
      text = text.slice(0, cut > 0 ? cut : Math.floor(text.length / 2));
    }
    this.#tokens += estimateTokens(text);
    return text;
  }
}

/** Where the answer says so, or else by the letters of question and text. */
export function usageOf(answer: Answer | undefined, question: string, text: string) {
  const prompt_tokens = answer?.usage?.inputTokens ?? estimateTokens(question);
  const completion_tokens = answer?.usage?.outputTokens ?? estimateTokens(text);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

/** Notes in the form of OpenAI’s notes on pages, for those whose paper has an address. */
export function annotationsOf({ citations }: Pick<Answer, "citations">) {
  return citations.flatMap(({ claim, title, url }: Citation) =>
    url === undefined
      ? []
      : [
          {
            type: "url_citation",
            url_citation: { start_index: claim.start, end_index: claim.end, title, url },
          },
        ],
  );
}
