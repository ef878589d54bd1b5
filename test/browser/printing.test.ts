/** A conversation on paper: all of it, with its notes and references, and nothing that only a screen has. */
import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Answer } from "../../src/protocol.ts";
import { describePage, QUESTION, UNKNOWN } from "../support/page-suite.ts";

const QUESTIONS = [
  QUESTION,
  "How does ALiBi differ from CoPE?",
  "Which papers study sparse attention?",
  UNKNOWN,
];
const TURNS = 31;

/** The words of each page, without spaces: a line may break anywhere. */
async function pagesOf(pdf: Buffer): Promise<string[]> {
  // It asks for them when it is loaded, and draws nothing here.
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ["DOMMatrix", "Path2D", "ImageData"]) scope[name] ??= class {};
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let at = 1; at <= document.numPages; at++) {
    const { items } = await (await document.getPage(at)).getTextContent();
    pages.push(bare(items.map((item) => ("str" in item ? item.str : "")).join("")));
  }
  return pages;
}

/** As fonts have it: hyphens, ligatures and spaces are theirs. */
const bare = (text: string) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");

describePage("printing", (suite) => {
  it("lays out all of a long conversation, each quote a note and each paper a reference", async () => {
    const { page } = suite;
    const answers: Answer[] = [];
    let conversationId: string | undefined;
    for (let turn = 0; turn < TURNS; turn++) {
      const question = QUESTIONS[turn % QUESTIONS.length];
      const response = await fetch(`${suite.url}/api/ask`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ question, ...(conversationId === undefined ? {} : { conversationId }) }),
      });
      const answer = (await response.json()) as Answer;
      ({ conversationId } = answer);
      answers.push(answer);
    }
    await page.goto(`${suite.url}/c/${conversationId}`);
    await page.locator("button.chip").first().waitFor();
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: false });
    writeFileSync("test/artefacts/conversation.pdf", pdf);
    const pages = await pagesOf(pdf);
    const all = pages.join("");
    expect(pages.length).toBeGreaterThan(8);
    expect(all.split(bare("How does ALiBi differ from CoPE?")).length - 1).toBe(
      TURNS / QUESTIONS.length + 0.25,
    );
    for (const { citations } of answers)
      for (const { quote } of citations) {
        const words = bare(quote.replace(/\$[^$]*\$.*/s, "")).slice(0, 60);
        expect(all.includes(words), quote).toBe(true);
      }
    const [before = "", references = ""] = all.split(/References(?!.*References)/s);
    expect(before.length).toBeGreaterThan(references.length);
    for (const title of new Set(answers.flatMap(({ citations }) => citations.map((one) => one.title))))
      expect(references.split(bare(title)).length, title).toBe(2);
    // Nothing of the frame, and the page is as it was afterwards.
    for (const word of ["New conversation", "Ask a follow-up", "Also found", "Fold the sidebar"])
      expect(all).not.toContain(bare(word));
    await page.locator("#question").waitFor();
    expect(await page.locator(".print-notes, .print-references").count()).toBe(0);
  }, 120_000);
});
