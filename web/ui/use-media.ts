import { useSyncExternalStore } from "react";

/** Windows with no room beside the page: as in the styles. */
export const NARROW = "(max-width: 52rem)";
/** Windows with no room for sidebar, answer and source beside each other. */
export const TIGHT = "(max-width: 79.99rem)";

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener("change", onChange);
      return () => list.removeEventListener("change", onChange);
    },
    () => matchMedia(query).matches,
  );
}
