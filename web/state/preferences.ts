import { Store } from "./store.ts";

export type Theme = "system" | "light" | "dark";

/** A choice of this browser's user, kept in localStorage where that is allowed. */
class Preference<Value extends string> {
  readonly store: Store<Value>;
  readonly #name: string;

  constructor(name: string, values: readonly [Value, ...Value[]]) {
    this.#name = name;
    const kept = read(name);
    this.store = new Store(values.find((value) => value === kept) ?? values[0]);
  }

  set(value: Value): void {
    this.store.set(value);
    try {
      localStorage.setItem(this.#name, value);
    } catch {
      // It holds until the page is closed.
    }
  }
}

/** `public/theme.js` reads it too, before the first paint. */
export const theme = new Preference<Theme>("footnote-theme", ["system", "light", "dark"]);
/** Whether single keys are commands (WCAG 2.1.4: they can be turned off). */
export const shortcuts = new Preference<"on" | "off">("footnote-shortcuts", ["on", "off"]);
/** Whether the sidebar is folded away, where there is room for it. */
export const foldedSidebar = new Preference<"no" | "yes">("footnote-folded", ["no", "yes"]);

export function setTheme(value: Theme): void {
  theme.set(value);
  if (value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
