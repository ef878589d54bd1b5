import { memo } from "react";
import { CATALOGUE } from "../../src/protocol/wording.ts";
import type { Answer, Message } from "../../src/protocol.ts";
import { chatPath } from "../router/route.ts";
import type { Chat } from "../state/chat.ts";
import type { LiveAnswer } from "../state/live-answer.ts";
import { printing } from "../state/printing.ts";
import type { Problem as What } from "../state/problem.ts";
import { type Store, useStore } from "../state/store.ts";
import type { HeldMessage, Turn } from "../state/thread.ts";
import { Boundary } from "../ui/boundary.tsx";
import { copy } from "../ui/copy.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Problem } from "../ui/problem.tsx";
import { AnswerBody } from "./answer-body.tsx";
import { answerMarkdown } from "./answer-markdown.ts";
import { AnswerRemarks, type Ended } from "./answer-remarks.tsx";
import { Feedback } from "./feedback.tsx";
import { FoundPapers } from "./found-papers.tsx";
import { FurtherPapers } from "./further-papers.tsx";
import { LessCertain } from "./less-certain.tsx";
import { PlainAnswer, PlainGrowing } from "./plain-answer.tsx";
import { PrintNotes } from "./print-notes.tsx";
import { ReferenceList } from "./reference-list.tsx";
import { StageLine } from "./stage-line.tsx";
import { UnknownAnswer } from "./unknown-answer.tsx";
import { Versions } from "./versions.tsx";

const NOTHING: readonly never[] = [];

interface Props {
  readonly chat: Chat;
  readonly turn: Turn;
  readonly live: Store<LiveAnswer> | undefined;
  readonly failed: What | undefined;
}

/** An answer, on its way or there, or what came in its place. */
export const AnswerView = memo(({ chat, turn, live, failed }: Props) => {
  const { answer: message } = turn;
  if (message === undefined) return <Missing chat={chat} turn={turn} says="This question has no answer." />;
  const { answer } = message;
  return (
    <div className="answer" id={message.id}>
      {live !== undefined ? (
        <Boundary key="growing" fallback={<PlainGrowing live={live} />}>
          <Growing live={live} />
        </Boundary>
      ) : answer !== undefined ? (
        <Boundary key="finished" of={answer} fallback={<PlainAnswer text={answer.text} />}>
          <Finished
            answer={answer}
            ended={endOf(message)}
            onAskAll={answer.scope === undefined || answer.scopeRead ? undefined : () => askAll(chat, turn)}
          />
        </Boundary>
      ) : failed === undefined ? (
        <Missing chat={chat} turn={turn} says="The answer was interrupted before it began." />
      ) : null}
      {failed === undefined ? null : <Problem problem={failed} onRetry={() => chat.retry(message.id)} />}
      {answer === undefined || live !== undefined ? (
        <AnswerVersions chat={chat} turn={turn} />
      ) : (
        <Actions chat={chat} turn={turn} message={message} answer={answer} />
      )}
    </div>
  );
});

function Growing({ live }: { readonly live: Store<LiveAnswer> }) {
  const growing = useStore(live);
  const { text, citations, sources, stage } = growing;
  return (
    <>
      {text === "" ? null : (
        <AnswerBody
          text={text}
          citations={citations}
          sources={sources}
          unsupported={NOTHING as never[]}
          busy
        />
      )}
      {text === "" || stage === "verifying" ? <StageLine stage={stage} /> : null}
      <FoundPapers live={growing} />
    </>
  );
}

/** The same question to every paper, as the next ones are. */
function askAll(chat: Chat, { question }: Turn): void {
  chat.scope.set(undefined);
  chat.regenerate({ question, answer: undefined });
}

/** How it ended before its end; undefined where it is whole. */
function endOf({ cut, isStopped, answer }: HeldMessage): Ended | undefined {
  if (isStopped) return "stopped here";
  return answer?.cut === true ? "stopped" : cut === true ? "cut" : undefined;
}

interface FinishedProps {
  readonly answer: Answer;
  readonly ended: Ended | undefined;
  /** Asks the same of every paper; undefined where they were asked. */
  readonly onAskAll: (() => void) | undefined;
}

function Finished({ answer, ended, onAskAll }: FinishedProps) {
  const isPrinting = useStore(printing);
  // Who has found nothing has said all there is to say, also where the end was not waited for.
  const isWhole = ended === undefined || answer.shape === "none";
  if (answer.abstained && isWhole) return <UnknownAnswer answer={answer} onAskAll={onAskAll} />;
  return (
    <>
      <AnswerBody {...answer} />
      {answer.confidence === "tentative" ? <LessCertain /> : null}
      <AnswerRemarks answer={answer} ended={ended} />
      <ReferenceList answer={answer} />
      {isPrinting ? <PrintNotes answer={answer} /> : null}
      <FurtherPapers answer={answer} />
    </>
  );
}

function sayer({ shape, model }: Answer): string {
  if (shape === "catalogue") return CATALOGUE.label;
  return model === "extractive" ? "quoted from the papers" : model;
}

interface ActionsProps extends Pick<Props, "chat" | "turn"> {
  readonly message: Message;
  readonly answer: Answer;
}

function Actions({ chat, turn, message, answer }: ActionsProps) {
  return (
    <div className="actions">
      <AnswerVersions chat={chat} turn={turn} />
      <IconButton
        icon="copy"
        label="Copy with references"
        onClick={() => void copy(answerMarkdown(answer), "the answer with its references")}
      />
      <IconButton icon="again" label="Answer again" onClick={() => chat.regenerate(turn)} />
      <IconButton
        icon="link"
        label="Copy a link to this answer"
        onClick={() => void copy(linkTo(answer), "a link to this answer")}
      />
      <Feedback message={message} onGiven={(feedback) => chat.update(message.id, { feedback })} />
      {answer.abstained ? null : <span className="model">{sayer(answer)}</span>}
    </div>
  );
}

/** Also while the newest is on its way, or has failed: the way back to those before it. */
function AnswerVersions({ chat, turn }: Pick<Props, "chat" | "turn">) {
  return (
    <Versions
      all={turn.answers}
      shown={turn.answer?.id ?? ""}
      what="answer"
      onChoose={(id) => chat.choose(turn.question.id, id)}
    />
  );
}

function Missing({ chat, turn, says }: Pick<Props, "chat" | "turn"> & { readonly says: string }) {
  return <Problem problem={{ message: says, retryable: true }} onRetry={() => chat.regenerate(turn)} />;
}

function linkTo({ conversationId, messageId }: Answer): string {
  return location.origin + chatPath(conversationId, messageId);
}
