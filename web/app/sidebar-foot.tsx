import { chatPath } from "../router/route.ts";
import { connection } from "../state/connection.ts";
import { setTheme, type Theme, theme } from "../state/preferences.ts";
import { readiness } from "../state/readiness.ts";
import { sessionKey, setSessionKey } from "../state/session-key.ts";
import { useStore } from "../state/store.ts";
import type { IconName } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { sheetOpen } from "./shortcuts-sheet.tsx";

const NEXT: Record<Theme, { next: Theme; icon: IconName }> = {
  system: { next: "light", icon: "system" },
  light: { next: "dark", icon: "sun" },
  dark: { next: "system", icon: "moon" },
};

/** What the server holds, and what this browser's user may choose. */
export function SidebarFoot() {
  const state = useStore(connection);
  const chosen = useStore(theme.store);
  const { next, icon } = NEXT[chosen];
  return (
    <footer className="sidebar-foot">
      <ServerState />
      <IconButton icon={icon} label={`Theme: ${chosen}`} onClick={() => setTheme(next)} />
      <IconButton icon="keyboard" label="Keyboard shortcuts" onClick={() => sheetOpen.set(true)} />
      {state.kind === "connected" && sessionKey() !== undefined ? (
        <IconButton icon="leave" label={`Sign out ${state.owner}`} onClick={signOut} />
      ) : null}
    </footer>
  );
}

function ServerState() {
  const ready = useStore(readiness);
  const says =
    ready === undefined
      ? "Connecting…"
      : ready.status === "ready"
        ? `${ready.papers.toLocaleString("en")} papers`
        : ready.total > 0
          ? `Indexing ${ready.done.toLocaleString("en")} of ${ready.total.toLocaleString("en")}…`
          : "Starting…";
  return (
    <p
      className="server-state"
      role="status"
      title={ready?.status === "ready" ? `Answers: ${ready.answerModel}` : undefined}
    >
      {says}
    </p>
  );
}

/** A page that has been loaded again holds nothing of the user before. */
function signOut(): void {
  setSessionKey(undefined);
  location.assign(chatPath());
}
