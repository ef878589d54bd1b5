import { type ReactNode, useState } from "react";

/** Characters of an answer that are shown at once: some forty pages. */
const ROOM = 100_000;

/** The beginning of a text, and the way to more of it where that is not all. */
export function useRoom(text: string): { readonly shown: string; readonly more: ReactNode } {
  const [room, setRoom] = useState(ROOM);
  const left = text.length - room;
  if (left <= 0) return { shown: text, more: null };
  const more = (
    <p className="plain-remark">
      This answer is very long: {left.toLocaleString("en")} characters more.{" "}
      <button type="button" className="button" onClick={() => setRoom(room + ROOM)}>
        Show more
      </button>
    </p>
  );
  return { shown: text.slice(0, room), more };
}
