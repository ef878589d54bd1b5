import { IconButton } from "../ui/icon-button.tsx";
import { openSidebar } from "./sidebar-state.ts";

/** The head of a page that is no conversation, on a narrow screen: the way to the others. */
export function PageBar() {
  return (
    <header className="bar only-narrow">
      <IconButton icon="menu" label="Conversations" onClick={openSidebar} />
    </header>
  );
}
