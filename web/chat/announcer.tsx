import { useEffect, useRef, useState } from "react";
import type { LiveAnswer } from "../state/live-answer.ts";
import type { Store } from "../state/store.ts";
import { toSpeech } from "./to-speech.ts";

/** Milliseconds between two announcements: what comes faster, screen readers drop. */
const PACE_MS = 1500;
/** Milliseconds to the first. */
const FIRST_MS = 300;

interface Props {
  readonly live: Store<LiveAnswer> | undefined;
  /** The final text of the answer that `live` was. */
  readonly final: string;
}

/** Reads an answer to screen readers while it streams, sentence by sentence. */
export function Announcer({ live, final }: Props) {
  const [said, setSaid] = useState("");
  /** Sentences that were read; undefined where no answer is followed. */
  const read = useRef<number>(undefined);
  useEffect(() => {
    if (live === undefined) return;
    read.current = 0;
    const say = () => {
      const { text, stage } = live.get();
      const sentences = toSpeech(text, true);
      const next = sentences.slice(read.current).join(" ");
      read.current = sentences.length;
      if (next !== "") setSaid(next);
      else if (text === "" && stage === "retrieving") setSaid("Searching the papers.");
    };
    const first = setTimeout(say, FIRST_MS);
    const pace = setInterval(say, PACE_MS);
    return () => {
      clearTimeout(first);
      clearInterval(pace);
    };
  }, [live]);
  useEffect(() => {
    if (live !== undefined || read.current === undefined) return;
    setSaid(toSpeech(final, false).slice(read.current).join(" "));
    read.current = undefined;
  }, [live, final]);
  return (
    <p className="visually-hidden" id="announcer" role="status" aria-live="polite">
      {said}
    </p>
  );
}
