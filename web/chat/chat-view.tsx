import { useEffect, useMemo } from "react";
import { closeSource } from "../notes/open-source.ts";
import { SourcePanel } from "../notes/source-panel.tsx";
import { lightUp } from "../state/answer-papers.ts";
import type { Chat } from "../state/chat.ts";
import { connection } from "../state/connection.ts";
import { printing } from "../state/printing.ts";
import { readiness } from "../state/readiness.ts";
import { useStore } from "../state/store.ts";
import { threadOf } from "../state/thread.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Announcer } from "./announcer.tsx";
import { ChatBar } from "./chat-bar.tsx";
import { Composer } from "./composer.tsx";
import { PrintReferences } from "./print-notes.tsx";
import { Suggestions } from "./suggestions.tsx";
import { TurnView } from "./turn-view.tsx";
import { useInSteps } from "./use-in-steps.ts";
import { useReadingPlace } from "./use-reading-place.ts";

interface Props {
  readonly chat: Chat;
  /** The message that the address names. */
  readonly messageId: string | undefined;
}

/** A conversation: its turns, and the field for the next question. */
export function ChatView({ chat, messageId }: Props) {
  const { id, title, messages, choices, loading, problem, live, failed, asks } = useStore(chat.state);
  const { kind } = useStore(connection);
  const ready = useStore(readiness)?.status === "ready" && kind === "connected";
  const turns = useMemo(() => threadOf(messages, choices), [messages, choices]);
  const isPrinting = useStore(printing);
  const inSteps = useInSteps(turns);
  const shown = isPrinting ? turns : inSteps;
  const isLoaded = messages.length > 0;
  const { scroller, content, isAway, toEnd } = useReadingPlace({ chat, messageId, isLoaded, asks });
  const last = turns.at(-1);
  const answering = [...live.keys()].findLast((answer) => turns.some((turn) => turn.answer?.id === answer));

  useEffect(() => {
    if (kind !== "connected") return;
    const look = () => void chat.load();
    look();
    // Anyone who comes back from another window may have asked there.
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [chat, kind]);
  useEffect(() => closeSource, []);
  useEffect(() => lightUp(last?.answer?.answer), [last?.answer?.answer]);

  const isEmpty = id === undefined && turns.length === 0;
  return (
    <div className="chat-page">
      <div className={isEmpty ? "chat empty" : "chat"}>
        <ChatBar chat={chat} id={id} title={title} />
        <div className="scroller" ref={scroller}>
          <div className="thread" ref={content}>
            {isEmpty ? (
              <div className="welcome">
                <h1>Ask the papers</h1>
                <p>Every claim comes with a note, and every note quotes its source.</p>
              </div>
            ) : null}
            {loading && !isLoaded ? <p className="stage">Opening the conversation…</p> : null}
            {problem === undefined ? null : <Problem problem={problem} onRetry={() => void chat.load()} />}
            {shown.map((turn) => (
              <TurnView
                key={turn.question.id}
                chat={chat}
                turn={turn}
                live={live.get(turn.answer?.id ?? "")}
                failed={failed.get(turn.answer?.id ?? "")}
                isLast={turn === last}
              />
            ))}
            {isPrinting ? <PrintReferences turns={turns} /> : null}
          </div>
        </div>
        <div className="foot">
          {isAway && !isEmpty ? (
            <IconButton icon="downward" label="To the end" className="to-end" onClick={toEnd} />
          ) : null}
          <Composer chat={chat} last={last?.question.text ?? ""} answering={answering} />
          {isEmpty ? (
            <Suggestions
              ready={ready}
              onAsk={(question) => {
                chat.scope.set(undefined);
                chat.ask(question);
              }}
            />
          ) : null}
        </div>
        <Announcer live={live.get(last?.answer?.id ?? "")} final={last?.answer?.text ?? ""} />
      </div>
      <SourcePanel />
    </div>
  );
}
