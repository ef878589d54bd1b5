import { type FormEvent, useState } from "react";
import { MAX_QUESTION_LENGTH } from "../../src/protocol/limits.ts";
import type { Chat } from "../state/chat.ts";
import { nameOf } from "../state/scoped-papers.ts";
import { parentKey, type Turn } from "../state/thread.ts";
import { copy } from "../ui/copy.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { QuestionText } from "./question-text.tsx";
import { Versions } from "./versions.tsx";

interface Props {
  readonly chat: Chat;
  readonly turn: Turn;
  /** An answer to it is on its way. */
  readonly busy: boolean;
}

/** A question, which can be changed and asked again: its old version stays beside it. */
export function QuestionView({ chat, turn, busy }: Props) {
  const [editing, setEditing] = useState(false);
  const { question, versions } = turn;
  const scoped = turn.answer?.scoped;
  if (editing) return <Editor chat={chat} turn={turn} onDone={() => setEditing(false)} />;
  return (
    <>
      <header className="question">
        <QuestionText text={question.text} />
        <div className="actions">
          <Versions
            all={versions}
            shown={question.id}
            what="question"
            onChoose={(id) => chat.choose(parentKey(question), id)}
          />
          <IconButton
            icon="copy"
            label="Copy the question"
            onClick={() => void copy(question.text, "the question")}
          />
          <IconButton
            icon="pencil"
            label="Edit the question"
            disabled={busy}
            onClick={() => setEditing(true)}
          />
        </div>
      </header>
      {scoped === undefined ? null : (
        <p className="kicker">
          Only in <bdi>{nameOf(scoped)}</bdi>
        </p>
      )}
    </>
  );
}

function Editor({ chat, turn, onDone }: Pick<Props, "chat" | "turn"> & { readonly onDone: () => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("question")).trim();
    if (text === "") return;
    onDone();
    chat.edit(turn.question, text);
  };
  return (
    <form className="question editor" onSubmit={submit}>
      <textarea
        dir="auto"
        name="question"
        aria-label="The question"
        defaultValue={turn.question.text}
        maxLength={MAX_QUESTION_LENGTH}
        ref={(area) => {
          area?.focus();
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.preventDefault();
            onDone();
          }
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <div className="editor-actions">
        <button type="button" className="button" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="button primary">
          Ask again
        </button>
      </div>
    </form>
  );
}
