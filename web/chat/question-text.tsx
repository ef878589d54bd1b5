import { useLayoutEffect, useRef, useState } from "react";

/** Characters of a question that is still set as a heading; more reads as a text. */
const HEADING = 120;

/** The words of a question; of a long one the first lines, and the rest when it is asked for. */
export function QuestionText({ text }: { readonly text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isCut, setCut] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > HEADING || text.includes("\n");
  useLayoutEffect(() => {
    const { current } = heading;
    if (current === null || !isLong || isWhole) return;
    const look = () => setCut(current.scrollHeight > current.clientHeight + 1);
    const watch = new ResizeObserver(look);
    watch.observe(current);
    return () => watch.disconnect();
  }, [isLong, isWhole]);
  return (
    <div className="question-text">
      <h2 dir="auto" ref={heading} data-long={isLong || undefined} data-whole={isWhole || undefined}>
        {text}
      </h2>
      {isCut ? (
        <button
          type="button"
          className="question-more"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? "Show less" : "Show all of the question"}
        </button>
      ) : null}
    </div>
  );
}
