import { type FormEvent, useState } from "react";
import { MAX_COMMENT_LENGTH } from "../../src/protocol/limits.ts";
import type { Feedback as Given, Message } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { notify } from "../state/notice.ts";
import { toProblem } from "../state/problem.ts";
import { IconButton } from "../ui/icon-button.tsx";

interface Props {
  readonly message: Message;
  readonly onGiven: (feedback: Given) => void;
}

/** Thumbs up or down, and then a word on why, for anyone who wants to. */
export function Feedback({ message, onGiven }: Props) {
  const [asking, setAsking] = useState(false);
  const rating = message.feedback?.rating;
  const give = async (feedback: Given, thanks?: string) => {
    try {
      await client.giveFeedback(message.id, feedback);
      onGiven(feedback);
      if (thanks !== undefined) notify(thanks);
    } catch (error) {
      notify(toProblem(error).message);
    }
  };
  const rate = (rated: Given["rating"]) => {
    setAsking(true);
    void give({ rating: rated });
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const comment = String(new FormData(event.currentTarget).get("comment")).trim();
    setAsking(false);
    if (comment !== "" && rating !== undefined) void give({ rating, comment }, "Thank you for the note.");
  };
  return (
    <>
      <IconButton icon="up" label="Good answer" aria-pressed={rating === "up"} onClick={() => rate("up")} />
      <IconButton
        icon="down"
        label="Bad answer"
        aria-pressed={rating === "down"}
        onClick={() => rate("down")}
      />
      {asking && rating !== undefined ? (
        <form className="comment" onSubmit={send}>
          <input
            name="comment"
            aria-label="What was good or wrong about it?"
            placeholder={rating === "up" ? "What was good? (optional)" : "What was wrong? (optional)"}
            maxLength={MAX_COMMENT_LENGTH}
            defaultValue={message.feedback?.comment}
            autoComplete="off"
            onKeyDown={(event) => event.key === "Escape" && setAsking(false)}
          />
          <button type="submit" className="button">
            Send
          </button>
        </form>
      ) : null}
    </>
  );
}
