import { navigate } from "./navigate.ts";
import { parseRoute } from "./route.ts";

/**
 * From now on a plain click on a link to one of our pages changes the page without loading it: `<a href={PAPERS_PATH}>` is
 * all that a component needs. What asks for another tab, a download or another place stays the browser's.
 */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (link === null || elsewhere || event.defaultPrevented) return;
    if (link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (parseRoute(link).page === "nowhere") return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  });
}
