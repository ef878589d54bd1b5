/** Milliseconds that it is kept at the top while the page settles: what is above it may take its height late, on a slow machine. */
const SETTLE_MS = 2000;
/** Milliseconds after which what is not on the page will not come. */
const COMES_MS = 5000;
/** What a reader moves by: from then on the window is theirs. */
const READERS = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

interface Options {
  /** Pixels of it that stay above the window; absent: none, and what its style leaves free before it. */
  readonly beyond?: number;
  readonly onSettled?: () => void;
}

/**
 * Brings an element to the top of its scroller, as soon as it is there, and keeps it there while the page settles.
 * @param find is asked again with every frame: the element may be replaced meanwhile
 * @returns what ends that
 */
export function bringToTop(
  find: () => HTMLElement | null | undefined,
  { beyond, onSettled }: Options = {},
): () => void {
  const began = performance.now();
  let found: number | undefined;
  let frame = 0;
  const go = () => {
    const now = performance.now();
    const element = find();
    if (element) {
      found ??= now;
      scrollTo(element, beyond ?? -marginOf(element));
    }
    if (found === undefined ? now - began < COMES_MS : now - found < SETTLE_MS)
      frame = requestAnimationFrame(go);
    else end(true);
  };
  const stop = (event: Event) => {
    // The key press that asked may still be on its way here.
    if (event.timeStamp > began) end(false);
  };
  const end = (isSettled: boolean) => {
    cancelAnimationFrame(frame);
    for (const event of READERS) window.removeEventListener(event, stop);
    if (isSettled && found !== undefined) onSettled?.();
  };
  for (const event of READERS) window.addEventListener(event, stop, { passive: true });
  go();
  return () => end(false);
}

/** Its scroller alone: `scrollIntoView` moves all that lies around it too. */
function scrollTo(element: HTMLElement, beyond: number): void {
  const scroller = element.closest(".scroller");
  const above = element.getBoundingClientRect().top - (scroller?.getBoundingClientRect().top ?? 0);
  scroller?.scrollBy({ top: above + beyond, behavior: "instant" });
}

const marginOf = (element: HTMLElement): number =>
  Number.parseFloat(getComputedStyle(element).scrollMarginTop);
