import { useEffect, useRef, useState } from "react";
import { placeOf } from "../../src/protocol/wording.ts";
import type { BodyResponse, Citation } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { MathText } from "../ui/math-text.tsx";
import type { OpenSource } from "./open-source.ts";

/** Letters of the text that are shown on either side of a quote. */
const AROUND = 1200;

interface Props {
  readonly open: OpenSource;
  /** Of the text below its paper's abstract. */
  readonly note: Citation;
}

/** A quote where it stands in the paper's own text; alone until that has come, and where the text is another by now. */
export function BodyExcerpt({ open, note }: Props) {
  const part = useBody(note);
  const words = useRef<HTMLParagraphElement>(null);
  const holds = part?.text.slice(note.start - part.start, note.end - part.start) === note.quote;
  const from = holds ? part.start : note.start;
  const text = holds ? part.text : note.quote;
  const lit = open.notes
    .filter(({ field, start, end }) => field === "body" && start < from + text.length && end > from)
    .map(({ id, start, end }) => ({
      name: id,
      start: start - from,
      end: end - from,
      current: id === note.id,
    }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another quote is looked at, or its text has come
  useEffect(() => {
    const mark = words.current?.querySelector("[data-current]");
    mark?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [note, part]);
  return (
    <section className="body-excerpt">
      <h3>{placeOf(note) || "In its text"}</h3>
      <p className="abstract" dir="auto" ref={words}>
        <MathText text={text} lit={lit} hasLinks />
      </p>
      <h3>Abstract</h3>
    </section>
  );
}

/** What stands around a note in its paper; undefined until it has come, or where it cannot. */
function useBody({ paperId, start, end }: Citation): BodyResponse | undefined {
  const [part, setPart] = useState<BodyResponse>();
  useEffect(() => {
    const stop = new AbortController();
    const span = { start: Math.max(0, start - AROUND), end: end + AROUND };
    client.body(paperId, { ...span, signal: stop.signal }).then(setPart, () => {});
    return () => stop.abort();
  }, [paperId, start, end]);
  return part !== undefined && part.start <= start && part.end >= end ? part : undefined;
}
