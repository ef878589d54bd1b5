import { lazy, Suspense } from "react";
import { paperPath } from "../router/route.ts";
import { useRoute } from "../router/use-route.ts";
import { client } from "../state/client.ts";
import { connection } from "../state/connection.ts";
import { askAbout } from "../state/scope.ts";
import { setSessionKey } from "../state/session-key.ts";
import { useStore } from "../state/store.ts";

const PapersView = lazy(async () => ({ default: (await import("../papers/papers-view.tsx")).PapersView }));
const PaperView = lazy(async () => ({ default: (await import("../papers/paper-view.tsx")).PaperView }));
const MapView = lazy(async () => ({ default: (await import("../map/map-view.tsx")).MapView }));

export function App() {
  const { kind } = useStore(connection);
  return (
    <div className="shell">
      <nav aria-label="Pages">
        <a href="/">Ask</a> <a href="/papers">Papers</a> <a href="/map">Map</a> <a href={paperPath("x")}>x</a>
        <button type="button" onClick={() => setSessionKey(undefined)}>
          Out
        </button>
        <button type="button" onClick={() => client.connect()}>
          {kind}
        </button>
        <button type="button" onClick={() => askAbout({ papers: [] })}>
          Ask
        </button>
      </nav>
      <main>
        <Suspense>
          <Page />
        </Suspense>
      </main>
    </div>
  );
}

function Page() {
  const route = useRoute();
  switch (route.page) {
    case "papers":
      return <PapersView />;
    case "paper":
      return <PaperView id={route.id} key={route.id} />;
    case "map":
      return <MapView />;
    case "chat":
      return <p>Ask the papers.</p>;
    case "nowhere":
      return <p>There is nothing here.</p>;
  }
}
