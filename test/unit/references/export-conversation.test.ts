import { describe, expect, it } from "vitest";
import {
  type Answer,
  type Citation,
  Conversation,
  type ExportFormat,
  type Message,
  type Paper,
} from "../../../src/protocol.ts";
import { exportConversation as exported } from "../../../src/references/export-conversation.ts";

function citation(marker: number, paperId: string, quote: string, more: Partial<Citation> = {}): Citation {
  return {
    id: `c${marker}-${quote.length}`,
    marker,
    paperId,
    paperRevision: "r1",
    title: `Title of ${paperId}`,
    claim: { start: 0, end: 5 },
    field: "abstract",
    quote,
    start: 0,
    end: quote.length,
    support: "strong",
    ...more,
  };
}

function answer(text: string, citations: Citation[], more: Partial<Answer> = {}): Answer {
  return {
    messageId: "m2",
    conversationId: "k1",
    question: "Q",
    standaloneQuestion: "Q",
    text,
    citations,
    sources: [],
    confidence: "high",
    abstained: false,
    unsupported: [],
    model: "extractive",
    timings: { retrievalMs: 1, firstTokenMs: 2, totalMs: 3 },
    ...more,
  };
}

function conversation(...answers: Answer[]): Conversation & { messages: Message[] } {
  const createdAt = "2026-03-04T05:06:07.000Z";
  const messages = answers.flatMap((given, at): Message[] => [
    { id: `u${at}`, role: "user", createdAt, text: "What is *new*?\n# really" },
    { id: `a${at}`, role: "assistant", createdAt, text: given.text, answer: given },
  ]);
  return { id: "k1", title: "Was ist ‘neu’ in Zürich?", createdAt, updatedAt: createdAt, messages };
}

const none = () => undefined;

async function* inTurn<Item>(items: readonly Item[]) {
  yield* items;
}

/** The document as one text, however its messages come in pages. */
async function exportConversation(
  { messages, ...rest }: Conversation & { messages: Message[] },
  format: ExportFormat,
  paperById: (id: string) => Paper | undefined,
  pageLength = 1,
) {
  const pages = Array.from({ length: Math.ceil(messages.length / pageLength) }, (_, at) =>
    messages.slice(at * pageLength, (at + 1) * pageLength),
  );
  const { chunks, ...document } = exported(rest, inTurn(pages), format, paperById);
  let body = "";
  for await (const chunk of chunks) body += chunk;
  return { body, ...document };
}

describe("a conversation as Markdown", () => {
  it("holds the title, the turns and the notes with their quotes", async () => {
    const talk = conversation(
      answer("Codes exist [1]. They are short [3][1].", [
        citation(1, "p1", "We find $x_1$ codes at 5% of a_b.", { url: "https://example.org/p1" }),
        citation(3, "p3", "Short codes."),
        citation(1, "p1", "They are short."),
      ]),
    );
    const { body, mediaType, fileName } = await exportConversation(talk, "markdown", none);
    expect(mediaType).toBe("text/markdown; charset=utf-8");
    expect(fileName).toBe("was-ist-neu-in-zurich.md");
    expect(body).toBe(`# Was ist ‘neu’ in Zürich?

*2026-03-04, with Footnote*

## Question

> What is *new*?
> # really

## Answer

Codes exist [1]. They are short [3][1].

### References

- **[1]** Title of p1 <https://example.org/p1>

  > “We find $x_1$ codes at 5% of a\\_b.”

  > “They are short.”

- **[3]** Title of p3

  > “Short codes.”
`);
  });

  it("marks claims without a source, and a model that failed", async () => {
    const given = answer("Water is wet. Fire burns.", [], {
      unsupported: [
        { start: 0, end: 13 },
        { start: 14, end: 25 },
      ],
      fallback: { from: "ollama:x", reason: "no connection" },
    });
    const { body } = await exportConversation(conversation(given), "markdown", none);
    expect(body).toContain("Water is wet. *(no source)* Fire burns. *(no source)*");
    expect(body).toContain("*ollama:x could not answer (no connection).*");
    expect(body).not.toContain("References");
  });

  it("lets nothing of the corpus become markup", async () => {
    const quote = "See <img src=x onerror=alert(1)> and ![x](http://evil) `code` 5\\% *bold* $<b>$ a < b.";
    const given = answer("<script>alert(1)</script> ![x](http://evil) **fine** \\\\<br> \\<ok [1]", [
      citation(1, "p1", quote, { title: "<b>T</b>", url: "javascript:alert(1)" }),
    ]);
    const { body } = await exportConversation(conversation(given), "markdown", none);
    expect(body).toContain("\\<script>alert(1)\\</script> \\![x](http://evil) **fine** \\\\\\<br> \\<ok [1]");
    expect(body).toContain("- **[1]** \\<b\\>T\\</b\\>\n");
    expect(body).toContain(
      "See \\<img src=x onerror=alert(1)\\> and !\\[x\\](http://evil) \\`code\\` 5\\\\% \\*bold\\* $\\<b>$ a \\< b.",
    );
  });
});

describe("a conversation as Markdown that LaTeX sets", () => {
  it.each([
    ["\\input{/etc/passwd}", "\\\\input{/etc/passwd}"],
    ["$\\frac{1}{2} \\write18{ls}$", "$\\frac{1}{2} \\\\write18{ls}$"],
    ["$^^5cinput{x} \\^^69nput{x}$", "$^ ^5cinput{x} \\^ ^69nput{x}$"],
    [
      "[x](javascript:alert(1)) [y](https://y.org) [z](&#106;avascript:1)",
      "[x\\](javascript:alert(1)) [y](https://y.org) [z\\](&#106;avascript:1)",
    ],
    ["[1]: javascript:alert(1)", "\\[1]: javascript:alert(1)"],
    ["\\alpha \\^2 \\\\input \\[a](b)", "\\alpha \\^2 \\\\input \\[a\\](b)"],
  ])("writes out %j", async (text, written) => {
    const talk = conversation(answer(text, []));
    const asked = { ...talk, messages: talk.messages.map((message) => ({ ...message, text })) };
    const { body } = await exportConversation(asked, "markdown", none);
    expect(body).toContain(`> ${written}\n`);
    expect(body).toContain(`## Answer\n\n${written}\n`);
  });
});

describe("a conversation for programs", () => {
  const known: Paper = {
    id: "p1",
    title: "Known Paper",
    abstract: "",
    source: "s",
    revision: "r2",
    authors: ["Ada Lovelace"],
    year: 1843,
  };
  const talk = conversation(
    answer("A [1]. B [2].", [
      citation(1, "alias-of-p1", "A."),
      citation(2, "gone", "B.", { url: "https://x.org/b" }),
    ]),
    answer("A again [1].", [citation(1, "p1", "A.")]),
  );
  const find = (id: string) => (id === "gone" ? undefined : known);

  it("is the protocol's own object as JSON", async () => {
    const { body, fileName } = await exportConversation(talk, "json", find);
    expect(Conversation.parse(JSON.parse(body))).toEqual(talk);
    expect(fileName).toMatch(/\.json$/);
  });

  it("cites each paper once as BibTeX, also one that has left the corpus", async () => {
    const { body, fileName } = await exportConversation(talk, "bibtex", find);
    expect(body.match(/^@.*$/gm)).toEqual(["@misc{Lovelace1843Known,", "@misc{TitleGone,"]);
    expect(body).toContain("url = {https://x.org/b}");
    expect(fileName).toMatch(/\.bib$/);
  });

  it("cites each paper once as RIS", async () => {
    const { body, fileName } = await exportConversation(talk, "ris", find);
    expect(body.match(/^TI .*$/gm)).toEqual(["TI  - Known Paper", "TI  - Title of gone"]);
    expect(fileName).toMatch(/\.ris$/);
  });

  it("names a file even when the title has no Latin letter", async () => {
    const { fileName } = await exportConversation({ ...talk, title: "新しい？" }, "json", find);
    expect(fileName).toBe("conversation.json");
  });
});

describe("a long conversation", () => {
  const many = (): Conversation & { messages: Message[] } =>
    conversation(
      ...Array.from({ length: 60 }, (_, at) =>
        answer(`Answer ${at}\n"quoted" [1].`, [citation(1, `p${at % 45}`, "Q.")]),
      ),
    );

  it.each(["markdown", "json", "bibtex", "ris"] as const)(
    "is the same as %s in pages of any length",
    async (format) => {
      const whole = await exportConversation(many(), format, none, 1000);
      for (const length of [1, 7, 120])
        expect(await exportConversation(many(), format, none, length)).toEqual(whole);
      if (format === "json") expect(whole.body).toBe(`${JSON.stringify(many(), null, 2)}\n`);
      if (format === "bibtex") expect(whole.body.match(/^@misc\{.*,$/gm)).toHaveLength(45);
      if (format === "ris") expect(whole.body.match(/^TY /gm)).toHaveLength(45);
    },
  );

  it("is JSON when it is empty", async () => {
    const { body } = await exportConversation(conversation(), "json", none);
    expect(JSON.parse(body)).toEqual(conversation());
  });

  it("is read no further than it is taken, with turns for others between", async () => {
    let read = 0;
    const { messages, ...rest } = many();
    async function* pages() {
      for (const message of messages) {
        read += 1;
        yield [message];
      }
    }
    const { chunks } = exported(rest, pages(), "markdown", none);
    let turns = 0;
    let over = false;
    const count = async () => {
      for (; !over; turns++) await new Promise(setImmediate);
    };
    const counting = count();
    let taken = 0;
    for await (const _ of chunks) {
      taken += 1;
      expect(read).toBeLessThanOrEqual(taken);
      if (taken === 50) break;
    }
    over = true;
    await counting;
    expect(read).toBeLessThan(51);
    expect(turns).toBeGreaterThan(40);
  });
});
