import { Store } from "./store.ts";

/** Milliseconds that a notice stays: to be read; with an action, to be reached by keyboard. */
const STAYS_MS = 2500;
const STAYS_WITH_ACTION_MS = 8000;

interface Notice {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The one short message at the foot of the page. */
export const notice = new Store<Notice | undefined>(undefined);

let timer: ReturnType<typeof setTimeout> | undefined;

export function notify(text: string, action?: Notice["action"]): void {
  clearTimeout(timer);
  notice.set({ text, ...(action === undefined ? {} : { action }) });
  timer = setTimeout(() => notice.set(undefined), action === undefined ? STAYS_MS : STAYS_WITH_ACTION_MS);
}
