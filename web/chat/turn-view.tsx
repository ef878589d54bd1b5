import { memo } from "react";
import type { Chat } from "../state/chat.ts";
import type { LiveAnswer } from "../state/live-answer.ts";
import type { Problem } from "../state/problem.ts";
import type { Store } from "../state/store.ts";
import type { Turn } from "../state/thread.ts";
import { AnswerView } from "./answer-view.tsx";
import { NextQuestions } from "./next-questions.tsx";
import { QuestionView } from "./question-view.tsx";

interface Props {
  readonly chat: Chat;
  readonly turn: Turn;
  readonly live: Store<LiveAnswer> | undefined;
  readonly failed: Problem | undefined;
  /** Under the last one alone stands what may be asked next. */
  readonly isLast: boolean;
}

/** Redrawn only when one of its messages changes: a long conversation stays still while its end grows. */
export const TurnView = memo(
  ({ chat, turn, live, failed, isLast }: Props) => (
    <article className="turn" id={turn.question.id}>
      <QuestionView chat={chat} turn={turn} busy={live !== undefined} />
      <AnswerView chat={chat} turn={turn} live={live} failed={failed} />
      {isLast && live === undefined ? (
        <NextQuestions answer={turn.answer?.answer} onAsk={(question) => chat.ask(question)} />
      ) : null}
    </article>
  ),
  (before, after) =>
    before.chat === after.chat &&
    before.live === after.live &&
    before.failed === after.failed &&
    before.isLast === after.isLast &&
    before.turn.question === after.turn.question &&
    before.turn.answer === after.turn.answer &&
    before.turn.versions.length === after.turn.versions.length &&
    before.turn.answers.length === after.turn.answers.length,
);
