import { type FormEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { MAX_QUESTION_LENGTH } from "../../src/protocol/limits.ts";
import type { Chat } from "../state/chat.ts";
import { useStore } from "../state/store.ts";
import { Icon } from "../ui/icon.tsx";
import { ScopeChip } from "./scope-chip.tsx";

interface Props {
  readonly chat: Chat;
  /** The question asked last, for the arrow key. */
  readonly last: string;
  /** The answer that is on its way. */
  readonly answering: string | undefined;
}

/** Where questions are written: Enter sends, Shift+Enter breaks the line, the arrow up brings the last one back. */
export function Composer({ chat, last, answering }: Props) {
  const text = useStore(chat.draft);
  const area = useRef<HTMLTextAreaElement>(null);
  const scoped = useStore(chat.scope);
  const isEmpty = text.trim() === "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: it grows with its text
  useLayoutEffect(() => {
    if (area.current !== null) grow(area.current);
  }, [text]);
  useEffect(() => {
    // A finger would get its keyboard over the page; and what is written elsewhere goes on.
    const isWriting = document.activeElement?.matches("input, textarea, dialog *") === true;
    if (matchMedia("(pointer: fine)").matches && !isWriting) area.current?.focus({ preventScroll: true });
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (answering !== undefined) return chat.stop(answering);
    if (isEmpty) return;
    chat.ask(text.trim());
    chat.draft.set("");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (answering === undefined) event.currentTarget.form?.requestSubmit();
    } else if (event.key === "ArrowUp" && text === "" && last !== "") {
      event.preventDefault();
      chat.draft.set(last);
    } else if (event.key === "Escape" && answering !== undefined) {
      event.preventDefault();
      chat.stop(answering);
    }
  };
  return (
    <form className="composer" onSubmit={send}>
      <ScopeChip chat={chat} />
      <div className="field">
        <label className="visually-hidden" htmlFor="question">
          Question
        </label>
        <textarea
          id="question"
          dir="auto"
          ref={area}
          rows={1}
          value={text}
          maxLength={MAX_QUESTION_LENGTH}
          placeholder={placeholder(scoped?.papers.length, last !== "")}
          autoComplete="off"
          onChange={({ currentTarget }) => chat.draft.set(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className="send"
          aria-label={answering === undefined ? "Ask" : "Stop"}
          title={answering === undefined ? "Ask (Enter)" : "Stop (Escape)"}
          disabled={answering === undefined && isEmpty}
          onClick={(event) => {
            // The button has changed its meaning under the second click of a double one.
            if (event.detail > 1) event.preventDefault();
          }}
        >
          <Icon name={answering === undefined ? "send" : "stop"} />
        </button>
      </div>
    </form>
  );
}

function placeholder(papers: number | undefined, isFollowUp: boolean): string {
  if (papers === undefined) return isFollowUp ? "Ask a follow-up" : "Ask a question";
  return papers === 1 ? "Ask about this paper" : "Ask about these papers";
}

/** For browsers whose fields do not grow by themselves. */
function grow(area: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
