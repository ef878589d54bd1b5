import { isOverlay, whenLeft } from "./overlays.ts";

/** Fires on `window` when this page changes the address itself, for which browsers have no event. */
export const NAVIGATED = "footnote:navigated";

/** @param how `replace` leaves no way back to the address before */
export function navigate(path: string, how: "push" | "replace" = "push"): void {
  whenLeft(() => {
    const { pathname, search, hash } = location;
    if (path === pathname + search + hash) return;
    if (how === "push" && !isOverlay()) history.pushState(null, "", path);
    else history.replaceState(null, "", path);
    window.dispatchEvent(new Event(NAVIGATED));
  });
}
