import { useRoom } from "../markdown/use-room.tsx";
import type { LiveAnswer } from "../state/live-answer.ts";
import { type Store, useStore } from "../state/store.ts";

/** The text of an answer that cannot be drawn, as it is written. */
export function PlainAnswer({ text }: { readonly text: string }) {
  const { shown, more } = useRoom(text);
  return (
    <div className="prose">
      <p className="plain" dir="auto">
        {shown}
      </p>
      {more}
      <p className="plain-remark">This answer cannot be laid out here: it is shown as plain text.</p>
    </div>
  );
}

/** While it grows. */
export function PlainGrowing({ live }: { readonly live: Store<LiveAnswer> }) {
  return <PlainAnswer text={useStore(live).text} />;
}
