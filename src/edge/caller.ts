import type { AskRequest } from "../assistant/port.ts";
import type { AnswerEvent } from "../protocol.ts";

/** Who calls through another protocol, and what the server lets them do: within the same limits as everyone. */
export interface Caller {
  readonly owner: string;
  /** May do what concerns everyone. */
  readonly admin: boolean;
  /** An answer, event by event. @throws AppError rate_limited, and what `Assistant.ask` throws */
  ask(request: Pick<AskRequest, "question" | "scope">, signal: AbortSignal): AsyncIterable<AnswerEvent>;
  /** @throws AppError rate_limited */
  countSearch(): void;
}
