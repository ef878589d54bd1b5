import type { Chat } from "../state/chat.ts";
import { nameOf } from "../state/scoped-papers.ts";
import { useStore } from "../state/store.ts";
import { IconButton } from "../ui/icon-button.tsx";

/** What the next questions are about, where that is not every paper. */
export function ScopeChip({ chat }: { readonly chat: Chat }) {
  const scoped = useStore(chat.scope);
  if (scoped === undefined) return null;
  return (
    <p className="scope">
      <span className="scope-text">
        Only in <strong dir="auto">{nameOf(scoped)}</strong>
      </span>
      <IconButton icon="close" label="Ask all papers again" onClick={() => chat.scope.set(undefined)} />
    </p>
  );
}
