import { useMemo, useSyncExternalStore } from "react";
import { NAVIGATED } from "./navigate.ts";
import { parseRoute, type Route } from "./route.ts";

const EVENTS = ["popstate", "hashchange", NAVIGATED];

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.hash);
  return useMemo(() => {
    const [pathname = "/", hash = ""] = address.split(/(?=#)/);
    return parseRoute({ pathname, hash });
  }, [address]);
}

function subscribe(onChange: () => void): () => void {
  for (const event of EVENTS) window.addEventListener(event, onChange);
  return () => {
    for (const event of EVENTS) window.removeEventListener(event, onChange);
  };
}
