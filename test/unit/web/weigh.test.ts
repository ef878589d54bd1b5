import fc from "fast-check";
import type { Nodes, Root } from "mdast";
import { describe, expect, it } from "vitest";
import { LineScanner } from "../../../web/markdown/line-scanner.ts";
import { planBlocks } from "../../../web/markdown/plan-blocks.ts";
import { splitBlocks } from "../../../web/markdown/split-blocks.ts";
import { TOO_HEAVY, weigh } from "../../../web/markdown/weigh.ts";

// By names that the compiler does not follow: the types of the page's libraries are for browsers.
const load = async (name: string) => (await import(name)).default;
const [Markdown, remarkGfm, remarkMath] = await Promise.all(
  ["react-markdown", "remark-gfm", "remark-math"].map(load),
);

/** As the page parses it. */
function parse(text: string): Root {
  let parsed: Root | undefined;
  const keep = () => (tree: Root) => {
    parsed = structuredClone(tree);
  };
  Markdown({ children: text, remarkPlugins: [remarkGfm, remarkMath, keep] });
  return parsed!;
}

function all(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(all) : [])];
}

const deepest = (node: Nodes): number =>
  "children" in node ? 1 + Math.max(0, ...(node.children as Nodes[]).map(deepest)) : 1;

const PREFIXES = [
  "",
  " ",
  "  ",
  "   ",
  "    ",
  "      ",
  "\t",
  "> ",
  ">",
  "> > ",
  ">     ",
  "- ",
  "1. ",
  "2) ",
];
const STARTS = [
  "",
  "- ",
  "* ",
  "1. ",
  "2. ",
  "1) ",
  "3) ",
  "12. ",
  "# ",
  "| a | b",
  "|-|-|",
  "-",
  "1.",
  "```",
  "$$",
];
const line = fc
  .tuple(fc.constantFrom(...PREFIXES), fc.constantFrom(...STARTS), fc.constantFrom("", "x *y", "<b>", "---"))
  .map((parts) => parts.join(""));

describe("a line that ends a paragraph", () => {
  it("is never one that goes on with it", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const scanner = new LineScanner();
        const ends = lines.map((one) => scanner.ends(one));
        for (const { type, position } of all(parse(lines.join("\n")))) {
          if (type !== "paragraph" || position === undefined) continue;
          for (let at = position.start.line; at < position.end.line; at++) {
            expect(ends[at], `line ${at + 1} of ${JSON.stringify(lines)}`).toBe(false);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("is each item of an ordinary list", () => {
    const lists = [
      "1. a\n2. b\n   more\n3. c",
      "- a\n  - b\n    1. c\n    2. d\n- e",
      "> 1. a\n> 2. b\n\n# head",
    ];
    for (const list of lists) {
      const scanner = new LineScanner();
      const lines = list.split("\n");
      expect(lines.filter((one) => !scanner.ends(one))).toEqual(lines.filter((one) => one.includes("more")));
    }
  });
});

describe("Markdown that is drawn", () => {
  const LONG = "A claim of some length that a model writes about a **method** and its *cost* [1]. ";
  const ordinary: Record<string, string> = {
    "a long paragraph": LONG.repeat(50),
    "a hundred items": `- **Name**: ${LONG.repeat(3)}\n`.repeat(100),
    "a hundred numbers": Array.from({ length: 100 }, (_, at) => `${at + 1}. ${LONG.repeat(3)}`).join("\n"),
    "a table": `| a | b | c | d |\n| --- | :-: | --: | --- |\n${`| **x** [1] | ${LONG} | 3 | \`y\` |\n`.repeat(100)}`,
    "a program": `\`\`\`ts\n${"  const a = b[0] * c[1];\n".repeat(300)}\`\`\`\n`,
    "lists in lists": Array.from({ length: 8 }, (_, at) => `${"    ".repeat(at)}- ${LONG}`).join("\n"),
  };
  it.each(Object.entries(ordinary))("is %s", (_, text) => {
    expect(splitBlocks(text)).toHaveLength(1);
    expect(weigh(text)).toBeLessThan(TOO_HEAVY);
  });

  const hostile: Record<string, string> = {
    "deep lists on one line": `${"- ".repeat(1000)}a`,
    "deep lists, line by line": Array.from({ length: 300 }, (_, at) => `${"  ".repeat(at)}- a`).join("\n"),
    "deep numbers": `${"1. ".repeat(200)}a`,
    "deep quotations": `${">".repeat(3000)}a`,
    "deep quotations with spaces": `${"> ".repeat(1000)}a`,
    "quotations and lists": `${"> - ".repeat(500)}a`,
    "deep footnotes": `${"[^a]: ".repeat(500)}a`,
    "deep emphasis": "*a ".repeat(2000) + "a* ".repeat(2000),
    "deep emphasis, hidden from brackets": "*a [b*](x) ".repeat(1000) + "c* ".repeat(1000),
    "deep emphasis behind numbers": `a\n${"2) *a *a *a *a *a\n".repeat(1500)}`,
    "deep emphasis behind indented marks": `a\n${"      - *a *a *a *a\n".repeat(1500)}`,
    brackets: "[".repeat(5000),
    "links that do not end": '[a](b "'.repeat(1500),
    comments: "x <!-- ".repeat(1500),
    headings: "a\n=\n".repeat(3000),
    "a table of many columns": `${"|a".repeat(2000)}|\n${"|-".repeat(2000)}|\n${"|\n".repeat(50)}`,
    "a line of a megabyte": "a".repeat(1_000_000),
    "twenty thousand markers": "x [1] ".repeat(20_000),
  };
  it.each(Object.entries(hostile))("is not %s", (_, text) => {
    const blocks = planBlocks(text);
    expect(blocks.map((block) => block.text).join("")).toBe(text);
    expect(blocks.every(({ isPlain }) => isPlain)).toBe(true);
    expect(Math.max(...blocks.map((block) => block.text.length))).toBeLessThanOrEqual(10_000);
  });

  it("is never deep, whatever is nested in what", () => {
    const part = fc.constantFrom(
      "- ",
      "> ",
      ">",
      "1. ",
      "  ",
      "*a ",
      "**b ",
      "_c ",
      "~~d ",
      "[e ",
      "](f)",
      "a* ",
      "\n",
      "x ",
    );
    const repeated = fc
      .array(fc.tuple(part, fc.nat({ max: 60 })), { maxLength: 8 })
      .map((parts) => parts.map(([text, times]) => text.repeat(times)).join(""));
    fc.assert(
      fc.property(repeated, (text) => {
        for (const block of planBlocks(text)) {
          if (!block.isPlain) expect(deepest(parse(block.text))).toBeLessThan(400);
        }
      }),
    );
  });
});

describe("planned blocks", () => {
  const text = fc
    .array(
      fc.tuple(fc.constantFrom("a\n\n", "> ", "x [1] ", "- b\n", "😀", "```\n"), fc.nat({ max: 4000 })),
      { maxLength: 5 },
    )
    .map((parts) => parts.map(([part, times]) => part.repeat(times)).join(""));

  it("are the whole text, each where it begins, none within a character", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const blocks = planBlocks(whole);
        expect(blocks.map((block) => block.text).join("")).toBe(whole);
        let at = 0;
        for (const block of blocks) {
          expect(block.start).toBe(at);
          expect(block.text).not.toMatch(/^[\uDC00-\uDFFF]/);
          at += block.text.length;
        }
      }),
      { numRuns: 50 },
    );
  });
});
