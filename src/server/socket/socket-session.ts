import type { ClientFrame, ServerFrame } from "../../protocol.ts";
import type { AnswerRuns } from "../answers/answer-runs.ts";
import type { Asker } from "../guard/asker.ts";
import { checkSeq } from "./check-seq.ts";
import type { Follows } from "./follows.ts";

type RequestFrame = Exclude<ClientFrame, { type: "hello" }>;
type FrameOf<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;

interface Options {
  readonly asker: Asker;
  readonly runs: AnswerRuns;
  readonly follows: Follows;
  /** Sends a reply to a single frame. */
  readonly reply: (frame: ServerFrame) => void;
}

/** The requests of an authenticated client. */
export class SocketSession {
  readonly asker: Asker;
  readonly #options: Options;

  constructor(options: Options) {
    this.asker = options.asker;
    this.#options = options;
  }

  /** @throws AppError */
  handle(frame: RequestFrame): void {
    switch (frame.type) {
      case "ping":
        this.#options.reply({ type: "pong" });
        break;
      case "cancel":
        this.#options.runs.cancel(this.asker.owner, frame.messageId);
        break;
      case "ask":
        this.#ask(frame);
        break;
      case "resume":
        this.#resume(frame);
    }
  }

  #ask({ type, requestId, ...body }: FrameOf<"ask">): void {
    const { runs, follows } = this.#options;
    follows.requireRoom();
    follows.follow(runs.start(this.asker, body, requestId), 0);
  }

  #resume({ messageId, afterSeq }: FrameOf<"resume">): void {
    const { runs, follows } = this.#options;
    const run = runs.find(this.asker.owner, messageId);
    checkSeq(run, afterSeq, "afterSeq");
    follows.requireRoom(messageId);
    follows.follow(run, afterSeq);
  }
}
