import type { Logger } from "pino";
import type { Assistant } from "../../assistant/port.ts";
import { AppError, fullMessage } from "../../errors.ts";
import { placeOf, typeset } from "../../protocol/wording.ts";
import type { Answer, Citation } from "../../protocol.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import { ownerOf, type Place } from "../accepted-question.ts";
import type { SlackWeb } from "../web/slack-web.ts";
import { piecesOf } from "./next-piece.ts";
import { asBlocks } from "./reply-message.ts";
import { slackMarkdown } from "./slack-markdown.ts";

/** A button below an answer was pressed. */
export interface ButtonPress {
  /** As `answerBlocks` gave it. */
  readonly value: string;
  readonly place: Place & { readonly threadTs: string };
}

interface Options {
  readonly assistant: Assistant;
  readonly web: SlackWeb;
  readonly logger: Logger;
}

/** What the buttons below an answer do, for answers of the channel that they were pressed in alone. Nothing throws. */
export class AnswerActions {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Stored as the web's ratings are; the last one counts. */
  rate({ value, place }: ButtonPress): void {
    const [rating, messageId = ""] = value.split(":");
    if (rating !== "up" && rating !== "down") return;
    this.#do(place, async () => {
      await this.#options.assistant.conversations.giveFeedback(ownerOf(place), messageId, { rating });
      await this.#tell(place, "Thank you, that is noted.");
    });
  }

  /** For who pressed it alone. */
  showQuotes({ value, place }: ButtonPress): void {
    this.#do(place, async () => {
      const { citations } = await this.#answer(place, value);
      for (const piece of piecesOf(slackMarkdown(quoteList(citations)))) await this.#tell(place, piece);
    });
  }

  /** The references of the answer, as a file in its thread. */
  copyBibtex({ value, place }: ButtonPress): void {
    this.#do(place, async () => {
      const { assistant, web } = this.#options;
      const { citations } = await this.#answer(place, value);
      const ids = [...new Set(citations.map(({ paperId }) => paperId))];
      const entries = await Promise.all(ids.map((id) => assistant.papers.citation(id, "bibtex")));
      const content = entries.map(({ body }) => body.trimEnd()).join("\n\n");
      await web.upload(place, "references.bib", `${content}\n`);
    });
  }

  /** @throws AppError not_found */
  async #answer(place: Place, messageId: string): Promise<Answer> {
    const { answer } = await this.#options.assistant.conversations.message(ownerOf(place), messageId);
    if (answer === undefined) throw new AppError("not_found", `There is no answer "${messageId}"`);
    return answer;
  }

  #do(place: Place, work: () => Promise<void>): void {
    const { logger } = this.#options;
    work()
      .catch((error) => {
        if (!(error instanceof AppError && error.code === "not_found")) throw error;
        return this.#tell(place, "This answer is not kept any more.");
      })
      .catch((error) => {
        logger.warn({ reason: fullMessage(error) }, "a button in Slack failed");
        return this.#tell(place, "That did not work. Please try again later.");
      })
      .catch(() => {}); // Then Slack is away altogether.
  }

  #tell(place: Place, markdown: string): Promise<void> {
    return this.#options.web.postEphemeral(place, asBlocks(markdown));
  }
}

/** Every note's quote, word for word and typeset, as Markdown. */
function quoteList(citations: readonly Citation[]): string {
  const notes = [...citations].sort((a, b) => a.marker - b.marker);
  const lines = notes.map((citation) => {
    const { marker, quote, title, support } = citation;
    const place = placeOf(citation);
    const where = place === "" ? "" : `, ${escapeMarkdown(place)}`;
    const weak = support === "weak" ? " (weak support)" : "";
    return `[${marker}] “${escapeMarkdown(typeset(quote))}” — *${escapeMarkdown(title)}*${where}${weak}`;
  });
  return [...new Set(lines)].join("\n\n");
}
