/** Milliseconds that a message has to appear on the page, and to settle: what is above it may still take its height. */
const SETTLE_MS = 600;

/** Brings a message into view and keeps it there while the page settles. @returns what ends that */
export function goToMessage(messageId: string): () => void {
  const until = performance.now() + SETTLE_MS;
  let frame = 0;
  const go = () => {
    const place = document.getElementById(messageId);
    place?.scrollIntoView({ block: "start", behavior: "instant" });
    if (performance.now() < until) frame = requestAnimationFrame(go);
    else place?.setAttribute("data-target", "");
  };
  frame = requestAnimationFrame(go);
  const stop = () => cancelAnimationFrame(frame);
  for (const event of ["wheel", "touchstart", "keydown"])
    window.addEventListener(event, stop, { once: true, passive: true });
  return stop;
}
