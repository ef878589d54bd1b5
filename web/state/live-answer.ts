import type { AnswerEvent, Citation, Source, Stage } from "../../src/protocol.ts";

/** An answer on its way. */
export interface LiveAnswer {
  readonly stage: Stage | undefined;
  readonly text: string;
  readonly sources: readonly Source[];
  readonly citations: readonly Citation[];
}

export const NOTHING_YET: LiveAnswer = { stage: undefined, text: "", sources: [], citations: [] };

/** The answer after some more of its events; the first and the last say nothing about it. */
export function grow(answer: LiveAnswer, events: readonly AnswerEvent[]): LiveAnswer {
  let { stage, text, sources } = answer;
  const cited: Citation[] = [];
  for (const event of events) {
    if (event.type === "status") stage = event.stage;
    else if (event.type === "sources") sources = event.sources;
    else if (event.type === "delta") text += event.text;
    else if (event.type === "citation") cited.push(event.citation);
  }
  const citations = cited.length === 0 ? answer.citations : [...answer.citations, ...cited];
  return { stage, text, sources, citations };
}
