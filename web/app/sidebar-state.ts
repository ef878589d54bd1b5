import { openSource } from "../notes/open-source.ts";
import { enterOverlay } from "../router/overlays.ts";
import { foldedSidebar } from "../state/preferences.ts";
import { Store, useStore } from "../state/store.ts";
import { NARROW, TIGHT, useMedia } from "../ui/use-media.ts";

/** Whether the sidebar lies over the page, where it has no room beside it. */
export const sidebarOpen = new Store(false);
let leave: (() => void) | undefined;

/** Beside the page, or away: on a narrow screen, where it was folded, and where a source needs its room. */
export function useSidebarPlace(): "beside" | "away" {
  const isNarrow = useMedia(NARROW);
  const isTight = useMedia(TIGHT);
  const isFolded = useStore(foldedSidebar.store) === "yes";
  const hasSource = useStore(openSource) !== undefined;
  return isNarrow || isFolded || (isTight && hasSource) ? "away" : "beside";
}

/** Unfolds it, or brings it over the page where there is no room. */
export function openSidebar(): void {
  const isCrowded = matchMedia(TIGHT).matches && openSource.get() !== undefined;
  if (!matchMedia(NARROW).matches && !isCrowded) foldedSidebar.set("no");
  else if (!sidebarOpen.get()) {
    leave = enterOverlay(() => sidebarOpen.set(false));
    sidebarOpen.set(true);
  }
}

/** Takes it from over the page. */
export function closeSidebar(): void {
  if (!sidebarOpen.get()) return;
  sidebarOpen.set(false);
  leave?.();
}

export function toggleSidebar(): void {
  if (sidebarOpen.get()) closeSidebar();
  else if (document.querySelector(".shell > .sidebar") === null) openSidebar();
  else foldedSidebar.set("yes");
}
