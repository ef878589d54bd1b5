import { useEffect } from "react";

/** Names the window after what is shown: tabs and screen readers tell pages apart by it (WCAG 2.4.2). */
export function useTitle(title = ""): void {
  useEffect(() => {
    document.title = title === "" ? "Footnote" : `${title} · Footnote`;
  }, [title]);
}
