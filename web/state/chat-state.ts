import type { LiveAnswer } from "./live-answer.ts";
import type { Problem } from "./problem.ts";
import type { Store } from "./store.ts";
import type { Choices, HeldMessage } from "./thread.ts";

/** What a page shows of a conversation. */
export interface ChatState {
  /** None until the server has given one. */
  readonly id: string | undefined;
  readonly title: string;
  readonly messages: readonly HeldMessage[];
  readonly choices: Choices;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  /** By the id of the answer's message. */
  readonly live: ReadonlyMap<string, Store<LiveAnswer>>;
  readonly failed: ReadonlyMap<string, Problem>;
  /** How many questions were asked on this page. */
  readonly asks: number;
}

export const EMPTY: ChatState = {
  id: undefined,
  title: "",
  messages: [],
  choices: {},
  loading: false,
  problem: undefined,
  live: new Map(),
  failed: new Map(),
  asks: 0,
};
