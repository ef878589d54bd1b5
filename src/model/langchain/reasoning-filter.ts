const OPEN = "<think>";
const CLOSE = "</think>";

/**
 * Takes out what a reasoning model thinks aloud before it answers: a `<think>` block at the head of the text, as
 * servers leave it there for models whose thoughts they do not tell apart. Holds back only what may still be one.
 */
export class ReasoningFilter {
  #held = "";
  #state: "head" | "thinking" | "answering" = "head";

  /** What of the text so far may be shown and was not yet. */
  push(text: string): string {
    this.#held += text;
    if (this.#state === "head") this.#lookForOpening();
    if (this.#state === "thinking") this.#lookForClosing();
    return this.#state === "answering" ? this.#take() : "";
  }

  /** What was held back, when the text is over: a thought without an end is no answer. */
  end(): string {
    return this.#state === "head" ? this.#take() : "";
  }

  #lookForOpening(): void {
    // White space before an answer is none of it, and some models begin with nothing else.
    this.#held = this.#held.trimStart();
    if (this.#held.startsWith(OPEN)) this.#state = "thinking";
    else if (!OPEN.startsWith(this.#held)) this.#state = "answering";
  }

  #lookForClosing(): void {
    const at = this.#held.indexOf(CLOSE);
    // All but what may be the beginning of the end is forgotten: thoughts run to many pages.
    this.#held = at < 0 ? this.#held.slice(-CLOSE.length) : this.#held.slice(at + CLOSE.length).trimStart();
    if (at >= 0) this.#state = "answering";
  }

  #take(): string {
    const text = this.#held;
    this.#held = "";
    return text;
  }
}
