/** Milliseconds that a message is kept in view while the page settles: what is above it may still take its height. */
const SETTLE_MS = 600;
/** Milliseconds after which a message that is not on the page will not come. */
const COMES_MS = 5000;

/** Brings a message into view and keeps it there while the page settles. @returns what ends that */
export function goToMessage(messageId: string): () => void {
  const began = performance.now();
  let found: number | undefined;
  let frame = 0;
  const go = () => {
    const now = performance.now();
    const place = document.getElementById(messageId);
    if (place !== null) {
      found ??= now;
      place.scrollIntoView({ block: "start", behavior: "instant" });
    }
    if (found === undefined ? now - began < COMES_MS : now - found < SETTLE_MS)
      frame = requestAnimationFrame(go);
    else place?.setAttribute("data-target", "");
  };
  frame = requestAnimationFrame(go);
  const stop = () => cancelAnimationFrame(frame);
  for (const event of ["wheel", "touchstart", "keydown"]) {
    window.addEventListener(event, stop, { once: true, passive: true });
  }
  return stop;
}
