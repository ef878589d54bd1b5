/**
 * What lies over the page on a small window, a source or the sidebar, has an entry of its own in the browser's history: Back
 * closes it, instead of leaving what lies under it.
 */
interface Overlay {
  readonly id: number;
  /** Takes it away; not called for one that was left by `leave`. */
  readonly close: () => void;
}

/** From the lowest to the one on top. */
let open: Overlay[] = [];
let counted = 0;
/** While the entry of one that was closed is being left. */
let leaving: Promise<void> | undefined;

/** @returns what is called when it is closed other than by Back: its entry goes with it */
export function enterOverlay(close: () => void): () => void {
  counted += 1;
  const id = counted;
  open = [...open, { id, close }];
  history.pushState({ overlay: id }, "");
  return () => leave(id);
}

/** Whether the entry that is shown is that of an overlay: what is gone to from there takes its place. */
export const isOverlay = (): boolean => overlayOf(history.state) !== undefined;

/** Calls `work` once no entry is being left: at once, mostly. */
export function whenLeft(work: () => void): void {
  if (leaving === undefined) work();
  else void leaving.then(work);
}

function leave(id: number): void {
  const at = open.findIndex((one) => one.id === id);
  if (at < 0) return;
  open = open.slice(0, at);
  if (overlayOf(history.state) !== id) return;
  leaving = new Promise((resolve) => {
    const done = () => {
      leaving = undefined;
      resolve();
    };
    window.addEventListener("popstate", done, { once: true });
  });
  history.back();
}

window.addEventListener("popstate", () => {
  const shown = overlayOf(history.state);
  const at = open.findIndex(({ id }) => id === shown);
  const closed = open.slice(at + 1).reverse();
  open = open.slice(0, at + 1);
  for (const { close } of closed) close();
});

function overlayOf(state: unknown): number | undefined {
  const { overlay } = (state ?? {}) as { readonly overlay?: number };
  return overlay;
}
