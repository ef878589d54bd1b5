import { useCallback, useEffect, useRef, useState } from "react";

/** Pixels from the end that still count as the end. */
const NEAR = 48;

/**
 * Keeps a growing text's end in view, until its reader scrolls up; from then on it stays where they are. Takes hold
 * again at the end.
 */
export function useStickToEnd() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [isAway, setAway] = useState(false);

  const toEnd = useCallback(() => {
    sticks.current = true;
    setAway(false);
    const { current } = scroller;
    current?.scrollTo({ top: current.scrollHeight });
  }, []);
  const letGo = useCallback(() => {
    sticks.current = false;
  }, []);

  useEffect(() => {
    const outer = scroller.current;
    const inner = content.current;
    if (outer === null || inner === null) return;
    let before = outer.scrollTop;
    const onScroll = () => {
      const left = outer.scrollHeight - outer.clientHeight - outer.scrollTop;
      // Growing moves nothing up: only a reader does.
      if (outer.scrollTop < before - 1 && left > NEAR) sticks.current = false;
      else if (left <= NEAR) sticks.current = true;
      before = outer.scrollTop;
      setAway(left > 4 * NEAR);
    };
    const onWheel = ({ deltaY }: WheelEvent) => {
      if (deltaY < 0) sticks.current = false;
    };
    const follow = new ResizeObserver(() => {
      if (sticks.current) outer.scrollTo({ top: outer.scrollHeight });
      before = outer.scrollTop;
    });
    outer.addEventListener("scroll", onScroll, { passive: true });
    outer.addEventListener("wheel", onWheel, { passive: true });
    follow.observe(inner);
    follow.observe(outer);
    return () => {
      outer.removeEventListener("scroll", onScroll);
      outer.removeEventListener("wheel", onWheel);
      follow.disconnect();
    };
  }, []);

  return { scroller, content, isAway, toEnd, letGo };
}
