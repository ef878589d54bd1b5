import { useEffect, useRef, useState } from "react";
import { type LiveAnswer, NOTHING_YET } from "../state/live-answer.ts";
import { Store, useStore } from "../state/store.ts";
import { toSpeech } from "./to-speech.ts";

/** Milliseconds between two sentences: what is announced faster, screen readers drop. */
const PACE_MS = 1500;

const NONE = new Store(NOTHING_YET);

interface Props {
  readonly live: Store<LiveAnswer> | undefined;
  /** The final text of the answer that `live` was. */
  readonly final: string;
}

/** Reads an answer to screen readers while it streams, sentence by sentence. */
export function Announcer({ live, final }: Props) {
  const { text, stage } = useStore(live ?? NONE);
  const [said, setSaid] = useState("");
  const progress = useRef({ at: 0, following: false, nextAt: 0 });
  useEffect(() => {
    const { current } = progress;
    if (live !== undefined && !current.following) Object.assign(current, { at: 0, following: true });
    if (!current.following) return;
    const sentences = toSpeech(live === undefined ? final : text, live !== undefined);
    const next = sentences.slice(current.at).join(" ");
    if (live === undefined) current.following = false;
    if (next === "") {
      if (live !== undefined && current.at === 0 && stage === "retrieving") setSaid("Searching the papers.");
      return;
    }
    const say = () => {
      current.at = sentences.length;
      current.nextAt = performance.now() + PACE_MS;
      setSaid(next);
    };
    const wait = current.nextAt - performance.now();
    if (wait <= 0) return say();
    const timer = setTimeout(say, wait);
    return () => clearTimeout(timer);
  }, [live, text, stage, final]);
  return (
    <p className="visually-hidden" id="announcer" role="status" aria-live="polite">
      {said}
    </p>
  );
}
