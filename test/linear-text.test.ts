import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { timesLonger } from "./support/growth.ts";
import { TEXT_READERS } from "./support/text-readers.ts";

/** Rooms whose files read what others write: questions, papers, messages of Slack, answers. */
const ROOMS = [
  ...[
    "answer",
    "assistant",
    "claim",
    "corpus",
    "edge",
    "map",
    "question",
    "references",
    "retrieval",
    "slack",
    "text",
  ].map((room) => `src/${room}`),
  "src/util",
  "web",
];
/** Files of these rooms that have patterns all the same, and why they need not be fed. */
const NOT_FED: Readonly<Record<string, string>> = {
  "src/answer/audit/": "text of a model, which has a bound of its own",
  "src/answer/citation-stream/": "text of a model, which has a bound of its own",
  "src/answer/written/": "text of a model, which has a bound of its own",
  "src/answer/extractive/quotation.ts": "escapes what is quoted, by escapeMarkdown",
  "src/answer/extractive/lines.ts": "one mark at the end",
  "src/claim/claim-": "claims of a model, whose text has a bound of its own",
  "src/assistant/asking/from-records.ts": "single characters",
  "src/answer/extractive/summary.ts": "words of sentences, parted by split",
  "src/assistant/additions/": "names of files, cut to a bound",
  "web/additions/": "codes of errors, and names of files of one's own: an anchored mark",
  "src/assistant/backup/": "a time of its own, names of folders",
  "src/assistant/doctor/": "settings of its operator",
  "src/assistant/asking/append-question.ts": "trims a title",
  "src/corpus/fetch/crossref.ts": "the end of a setting",
  "src/corpus/fetch/polite-client.ts": "a header, by an anchored pattern",
  "src/corpus/identity/identity.ts": "an anchored prefix",
  "src/corpus/readers/json/json-lines.ts": "names of files, and anchored marks",
  "src/corpus/readers/json/json.ts": "bounded counts, over a document that objectEnd parts",
  "src/corpus/readers/json/shapes/": "members that toRecord bounds, by anchored or bounded patterns",
  "src/corpus/readers/bibtex/bibtex.ts": "bounded counts, over a document that parseEntry reads",
  "src/corpus/readers/csv.ts": "a line's quotes",
  "src/corpus/readers/documents/documents.ts": "names of files",
  "src/corpus/readers/documents/docx.ts": "anchored names of styles",
  "src/corpus/readers/documents/epub.ts": "anchored names of elements",
  "src/corpus/readers/documents/zip.ts": "one mark at the head",
  "src/corpus/readers/documents/pdf/":
    "lines of a page, by bounded or anchored patterns, in a process with limits",
  "src/corpus/readers/plain-document.ts": "bounded counts and anchored marks of a line",
  "src/corpus/readers/tagged/": "anchored tags of a line",
  "src/corpus/readers/xml/": "names of elements, over a document that markupTree reads",
  "src/corpus/readers/source/": "bytes; what decodes them is read once",
  "src/corpus/readers/list-files.ts": "names of files",
  "src/corpus/readers/read-file.ts": "one mark at the head",
  "src/claim/support-across-languages.ts": "one comma between digits, and the end of one quantity",
  "src/corpus/excerpt.ts": "one class of characters",
  "src/corpus/readers/seed-dump.ts": "an anchored word",
  "src/text/sentence-end.ts": "40 letters around a mark; splitSentences is fed",
  "src/text/sentence-words.ts": "its own lists",
  "src/text/stop-words.ts": "its own list",
  "src/slack/messages/answer-blocks.ts": "parts that it has cut",
  "src/slack/listeners/messages.ts": "a mark and a class of characters",
  "src/slack/messages/reply-message.ts": "one class of characters",
  "src/util/files.ts": "codes of the system",
  "src/util/is-loopback.ts": "names of hosts, by anchored patterns",
  "src/util/zod-sentence.ts": "names of fields",
  "web/chat/chat-bar.tsx": "one class of characters",
  "web/markdown/markdown-block.tsx": "an anchored word",
  "web/markdown/note-of.ts": "bounded numbers in brackets",
  "web/markdown/render-formula.ts": "one class of characters",
  "web/markdown/plain-block.tsx": "bounded numbers in brackets, and an anchored line end",
  "web/markdown/remark-notes.ts": "bounded numbers in brackets",
  "web/papers/papers-search.ts": "years of an address of its own",
  "web/notes/in-context.ts": "one character at the end",
  "web/router/use-route.ts": "an address of its own",
  "web/state/problem.ts": "two words",
  "web/ui/math-text.tsx": "a pair of dollars with none between, and bounded counts of an address",
};
/** Exports of fed files that take no text of others. */
const NO_READERS = new Set([
  ...["smallTalkReply", "keyOf", "reopened", "closed"],
  // Groups of points; and what hands its text on to readers that are fed.
  ...[
    "groupPlaces",
    "papersOf",
    "facetsOf",
    "findPaper",
    "findSentence",
    "relatedPapers",
    "randomId",
    "remarkUnder",
  ],
  ...["logit", "serves", "wordsFor", "rankSentences", "sentencesOf", "paperSentences"],
  ...["answerShape", "planAnswer", "shapeAnswer"],
  ...["composeCatalogue", "listPapers", "lacking"],
  ...[
    "doubtNote",
    "formatReference",
    "loadCitationJs",
    "referenceMediaType",
    "referencePieces",
    "writeBibtex",
  ],
]);

const PATTERN =
  /(?:^|[=(,:!&|?[\s])\/(?![*/\s>])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+\/[dgimsuvy]*|RegExp\(|\.normalize\(/m;

/** Each repeated to the length of a text: one mark, marks with white space, and words that patterns begin with. */
const REPEATED = [
  ...[
    " ",
    "\t",
    "\n",
    "a",
    "A",
    "1",
    "中",
    "ǅ",
    "ﷺ",
    "ﬀ",
    "é",
    "\u0301\u0316",
    "_",
    ".",
    ",",
    "!",
    "?",
    ":",
    "…",
  ],
  ..."( ) [ ] { } < > \" ' ’ “ ‘ « $ \\ ` ``` * | - – > & ~ ^ # @ / 。".split(" "),
  ...[
    "a ",
    "A ",
    "a.",
    "a. ",
    "a-",
    "A-",
    "a’",
    "a'",
    "aé",
    "éa ",
    "word ",
    "Word ",
    "(A",
    " (A) ",
    "a (",
    "aB ",
  ],
  ...[
    "1,",
    "1.",
    "1 ",
    "2 x ",
    "$a",
    "$a$ ",
    "\\a",
    "{\\",
    '\\"{',
    "| ",
    "|-",
    "> ",
    ">\n",
    "- ",
    "\n\n",
    "\n \n",
    "`a",
  ],
  ...[
    "and ",
    ", and ",
    "the ",
    "the first ",
    "the paper ",
    "paper ",
    "in a ",
    "for a ",
    "to a beginner ",
    "how ",
    "how ",
  ],
  ...[
    "how do ",
    "what is ",
    "what about ",
    "which ",
    "which is most ",
    "compare ",
    "difference between ",
    "versus ",
  ],
  ...[
    "give me ",
    "please ",
    "you are ",
    "your ",
    "ignore all ",
    "role: ",
    '"role" ',
    "we propose ",
    "however ",
    "yet ",
  ],
  ...[
    "code is ",
    "such as ",
    "two ",
    "metrics (",
    "metrics: ",
    "works ",
    "short ",
    "summary ",
    "http://",
    "http://a.b ",
    "doi:",
  ],
  ...[
    "et al. ",
    "A, ",
    "Jr, ",
    "van ",
    "<@U1>",
    "<a|b>",
    "&lt;",
    "@here ",
    "[1]",
    " [1]",
    "Name (N) ",
    "X's ",
  ],
];
const AROUND = [
  ["", ""],
  ["explain this for a", "!x\u0001"],
] as const;

/** Letters. What looks at each pair of places takes some 10 ms for the longer text. */
const SHORT = 500;
const LONG = 8 * SHORT;
/** CPU milliseconds below which the growth is not measured. */
const FLOOR_MS = 4;
/** 2.5 for twice the text. Linear is 8, linear with its garbage 10, quadratic 64. */
const MOST_GROWTH = 2.5 ** 3;

function growth(read: (text: string) => unknown, [short, long]: [string, string]): Promise<number> {
  const works = { short: () => read(short), long: () => read(long) };
  return timesLonger(works, { nothing: FLOOR_MS, enough: MOST_GROWTH });
}

function filesWithPatterns(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => {
        const code = readFileSync(file, "utf8").replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, "");
        return PATTERN.test(code);
      }),
  );
}

describe("what reads texts of others", () => {
  it("is known: each file with a pattern is fed, or says why it need not be", () => {
    const excused = Object.keys(NOT_FED);
    const forgotten = filesWithPatterns().filter(
      (file) => !(file in TEXT_READERS) && !excused.some((start) => file.startsWith(start)),
    );
    expect(forgotten).toEqual([]);
  });

  it.each(Object.entries(TEXT_READERS))("%s is fed through all that it exports", async (file, readers) => {
    const exported = Object.entries(await import(path.resolve(file)))
      .filter(([name, value]) => typeof value === "function" && !NO_READERS.has(name))
      .map(([name]) => name);
    expect(Object.keys(readers).sort()).toEqual(exported.sort());
  });

  const readers = Object.entries(TEXT_READERS).flatMap(([file, exported]) =>
    Object.entries(exported).map(([name, reads]) => ({ file, name, reads: [reads].flat() })),
  );

  it.each<[string, boolean, (text: string) => unknown]>([
    ["once", false, (text) => text.match(/a[bc]/g)],
    ["from each place to its end", true, (text) => text.match(/a[^b]*b/g)],
  ])("what is read %s is told from the other", async (_, grows, read) => {
    const times = await growth(read, ["a".repeat(SHORT), "a".repeat(LONG)]);
    expect(times > MOST_GROWTH).toBe(grows);
  });

  it.each(readers)(
    "$name of $file takes twice the time for twice the text",
    { timeout: 300_000 },
    async ({ reads }) => {
      const slow: unknown[] = [];
      for (const read of reads) {
        for (const part of REPEATED) {
          for (const [head, tail] of AROUND) {
            const textOf = (length: number) => head + part.repeat(length / part.length) + tail;
            const times = await growth(read, [textOf(SHORT), textOf(LONG)]);
            if (times > MOST_GROWTH) slow.push({ part, head, times });
          }
        }
      }
      expect(slow).toEqual([]);
    },
  );
});
