/** Whatever a model says, reading it takes time in proportion to its length. */
import { expect, it } from "vitest";
import {
  auditSentences,
  blocksOf,
  clausesOf,
  withoutSourceList,
} from "../../../../src/answer/audit/answer-blocks.ts";
import { auditAnswer } from "../../../../src/answer/audit/audit.ts";
import {
  AuditedSentence,
  isFactual,
  saysNothing,
  saysNothingElsewhere,
} from "../../../../src/answer/audit/audited-sentence.ts";
import {
  CitationForms,
  CopiedNumbers,
  withoutOwnNotes,
} from "../../../../src/answer/citation-stream/citation-forms.ts";
import { CitationStream } from "../../../../src/answer/citation-stream/citation-stream.ts";
import { makeCitation } from "../../../../src/answer/citations.ts";
import { isCondensed, unquoted } from "../../../../src/answer/written/short-requests.ts";
import { denialsOf, digitQuantities, isNegated, wordQuantities } from "../../../../src/claim/claim-facts.ts";
import type { ClaimSupport } from "../../../../src/claim/claim-support.ts";
import { excerpt } from "../../../../src/model/langchain/faults.ts";
import { ReasoningFilter } from "../../../../src/model/langchain/reasoning-filter.ts";
import { TurnText } from "../../../../src/model/langchain/turn-text.ts";
import { namesIn } from "../../../../src/text/names-in.ts";
import { growth } from "../../../support/growth.ts";
import { makePaper } from "../../../support/make-paper.ts";

const LENGTH = 10_000;
const NOTES = 1000;
/** UTF-16 code units of a delta. */
const DELTA = 4;

function inDeltas(text: string, take: (delta: string) => void): void {
  for (let at = 0; at < text.length; at += DELTA) take(text.slice(at, at + DELTA));
}

const READERS: Record<string, (text: string) => unknown> = {
  CitationForms: (text) => {
    const forms = new CitationForms(new Set([1, 2, 3]), new CopiedNumbers([text.slice(0, 2000)]));
    inDeltas(text, (delta) => forms.push(delta));
    forms.end();
  },
  withoutOwnNotes,
  CitationStream: (text) => {
    const stream = new CitationStream(new Set([1, 2, 3]));
    inDeltas(text, (delta) => stream.push(delta));
    stream.end();
  },
  ReasoningFilter: (text) => {
    for (const head of ["", "<think>", "Okay, "]) {
      const filter = new ReasoningFilter();
      inDeltas(head + text, (delta) => filter.push(delta));
      filter.end();
    }
  },
  TurnText: (text) => {
    for (const head of ["", "```\n", "<answer>"]) {
      const turn = new TurnText();
      inDeltas(head + text, (delta) => turn.push(delta));
      turn.end();
    }
  },
  auditSentences,
  AuditedSentence: (text) => new AuditedSentence({ start: 0, end: text.length, text }),
  blocksOf,
  clausesOf: (text) => clausesOf({ start: 0, end: text.length, text }),
  denialsOf,
  digitQuantities,
  excerpt: (text) => excerpt(text, "sk-secret"),
  isCondensed: (text) => isCondensed(text, { question: text, history: "", titles: ["a title"] }),
  isFactual,
  isNegated,
  namesIn,
  saysNothing,
  saysNothingElsewhere,
  unquoted,
  withoutSourceList: (text) => withoutSourceList({ text, citations: [] }),
  wordQuantities,
};

/** Repeated, they begin what no end follows, or nest, or look like one thing in many ways. */
const UNITS = [
  ..." \n\t*_#>-+|`$\\[]()<.,;:!?'\"“”…–/1aAé中😀",
  ...[
    "\r\n",
    "- ",
    "> ",
    "# ",
    "1. ",
    "**a",
    "\n\n",
    " \n",
    "| ",
    "|-",
    "``",
    "```\n",
    "` ``",
    "$$",
    "$a",
    "\\[",
    "\\(",
  ],
  ...[
    "[1]",
    "a[1]",
    "a [1]. ",
    "[1], ",
    "[1] and ",
    "- [1]\n",
    "| [1] ",
    "[99]",
    " [99]",
    "[[",
    "[1",
    "[ 1 ",
    "【1】",
    "[1-3]",
  ],
  ...[
    "](",
    "[a](",
    "](http:x",
    "[1](/x ",
    "![](",
    "<a",
    "</",
    "<think>",
    "( see",
    "\\end{",
    "(a) ",
    "“a ",
    "``a",
  ],
  ...[
    "a. ",
    "a.",
    "A. ",
    "A ",
    "A-",
    "a-",
    "1,",
    "1,000",
    "1.",
    "1-",
    "10k ",
    "two-",
    ", and ",
    " while",
    " but ",
    "; a",
  ],
  ...[
    "not ",
    "n't ",
    " not only ",
    "no source ",
    "the sources ",
    "cannot find ",
    "none of the ",
    "x-free",
    "instead ",
  ],
  ...["Sources: ", "\nSources:\n", "\n[1] a", "---", "- - ", "\n---\n", "title: ", "is ", "- a\n  "],
];
const repeated = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));
const FORMS = [
  repeated,
  (unit: string, length: number) => `${repeated(unit, length)}x`,
  (unit: string, length: number) => `Pruning halves${repeated(unit, length)}memory [1].`,
];

it("tells what reads all again at every delta from what reads it once", async () => {
  const again = (length: number) => {
    let text = "";
    inDeltas(repeated("a [1]. ", length), (delta) => {
      text += delta;
      /\[2\]/.test(text);
    });
  };
  expect(await growth(again, LENGTH)).toBeGreaterThan(2.5);
  expect(
    // A machine at rest does it within next to nothing at LENGTH.
    await growth((length) => void /(?:a \[1\]. )+x/.test(repeated("a [1]. ", length)), 3 * LENGTH),
  ).toBeGreaterThan(2.5);
  expect(await growth((length) => void blocksOf(repeated("a [1]. ", length)), LENGTH)).toBeLessThan(2.5);
});

it.each(Object.keys(READERS))(
  "%s takes time in proportion to the length",
  async (name) => {
    const read = READERS[name] ?? expect.unreachable();
    for (const unit of UNITS) {
      for (const form of FORMS) {
        const times = await growth((length) => void read(form(unit, length)), LENGTH);
        expect(times, form(unit, 1)).toBeLessThanOrEqual(2.5);
      }
    }
  },
  120_000,
);

it("auditAnswer takes time in proportion to the notes", async () => {
  const { paper } = makePaper({ title: "Pruning", abstract: "We prune large models." });
  const support = { best: async () => ({ start: 0, end: 22, support: 0.4 }) } as unknown as ClaimSupport;
  for (const [said, marked] of [
    ["Pruning halves the memory of models [1]. ", "Pruning halves the memory of models"],
    ["Pruning [1], memory [1] and models [1] ", "Pruning"],
    ["[1] ", ""],
    ["Models of 3 kinds say nothing. Pruning [1]. ", "Pruning"],
  ] as const) {
    const times = await growth(async (count) => {
      const text = said.repeat(count);
      const citations = Array.from({ length: count }, (_, at) => {
        const start = at * said.length + said.indexOf(marked);
        const claim = { start, end: start + marked.length };
        const quoted = { start: 0, end: 22 };
        const rest = { id: `c${at}`, marker: 1, support: "weak" as const, field: "abstract" as const };
        return makeCitation({ ...rest, claim, quoted }, paper);
      });
      await auditAnswer({ text, citations, paperOf: () => paper, support });
    }, NOTES);
    expect(times, said).toBeLessThanOrEqual(2.5);
  }
}, 120_000);
