import { Provider as TooltipProvider } from "@radix-ui/react-tooltip";
import { lazy, Suspense, useEffect } from "react";
import { ChatView } from "../chat/chat-view.tsx";
import { chatPath, PAPERS_PATH } from "../router/route.ts";
import { useRoute } from "../router/use-route.ts";
import { askFromAddress } from "../state/ask-from-address.ts";
import { chatOf, fresh } from "../state/chats.ts";
import { client } from "../state/client.ts";
import { connection } from "../state/connection.ts";
import { refreshConversations } from "../state/conversations.ts";
import { watchReadiness } from "../state/readiness.ts";
import { useStore } from "../state/store.ts";
import { Boundary } from "../ui/boundary.tsx";
import { Problem } from "../ui/problem.tsx";
import { useTitle } from "../ui/use-title.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { NoticeLine } from "./notice-line.tsx";
import { PageBar } from "./page-bar.tsx";
import { ShortcutsSheet } from "./shortcuts-sheet.tsx";
import { Sidebar } from "./sidebar.tsx";
import { useSidebarPlace } from "./sidebar-state.ts";
import { SignIn } from "./sign-in.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

const PapersView = lazy(async () => ({ default: (await import("../papers/papers-view.tsx")).PapersView }));
const PaperView = lazy(async () => ({ default: (await import("../papers/paper-view.tsx")).PaperView }));
const AddView = lazy(async () => ({ default: (await import("../additions/add-view.tsx")).AddView }));
const MapView = lazy(async () => ({ default: (await import("../map/map-view.tsx")).MapView }));

/** Milliseconds before a tooltip: one that only passes over a button reads nothing. */
const TOOLTIP_MS = 400;

export function App() {
  const state = useStore(connection);
  const place = useSidebarPlace();
  useShortcuts();
  useEffect(() => {
    client.connect();
    void watchReadiness();
  }, []);
  useEffect(() => {
    if (state.kind !== "connected") return;
    refreshConversations();
    askFromAddress();
  }, [state]);
  if (state.kind === "refused") return <SignIn problem={state.message} />;
  return (
    <TooltipProvider delayDuration={TOOLTIP_MS}>
      <div className="shell" data-folded={place === "away" || undefined}>
        <a className="skip" href="#main">
          To the content
        </a>
        <Boundary fallback={<Failed what="The sidebar" />}>
          <Sidebar />
        </Boundary>
        <main id="main" tabIndex={-1}>
          <ConnectionBanner />
          <View />
        </main>
      </div>
      <ShortcutsSheet />
      <NoticeLine />
    </TooltipProvider>
  );
}

/** What fails in it stays in it, until one goes elsewhere. */
function View() {
  return (
    <Boundary of={useRoute()} fallback={<FailedPage />}>
      <Suspense fallback={<p className="stage">Opening…</p>}>
        <Page />
      </Suspense>
    </Boundary>
  );
}

/** With the bar, which leads elsewhere on a phone. */
function FailedPage() {
  return (
    <div className="page">
      <PageBar />
      <Failed what="This page" />
    </div>
  );
}

/** A part that could not be loaded is asked for again only by a page that is loaded again. */
function Failed({ what }: { readonly what: string }) {
  return (
    <div className="nowhere">
      <Problem
        problem={{ message: `${what} cannot be shown.`, retryable: true }}
        onRetry={() => location.reload()}
      />
    </div>
  );
}

function Page() {
  const route = useRoute();
  const current = useStore(fresh);
  if (route.page === "chat") {
    const chat = route.conversationId === undefined ? current : chatOf(route.conversationId);
    return <ChatView key={chat.key} chat={chat} messageId={route.messageId} />;
  }
  return (
    <div className="page">
      <PageBar />
      {route.page === "papers" ? <PapersView /> : null}
      {route.page === "paper" ? <PaperView id={route.id} key={route.id} /> : null}
      {route.page === "map" ? <MapView /> : null}
      {route.page === "add" ? <AddView id={route.additionId} /> : null}
      {route.page === "nowhere" ? <Nowhere /> : null}
    </div>
  );
}

function Nowhere() {
  useTitle();
  return (
    <div className="nowhere">
      <h1>There is nothing here</h1>
      <p>
        <a href={chatPath()}>Ask a question</a> or <a href={PAPERS_PATH}>look through the papers</a>.
      </p>
    </div>
  );
}
