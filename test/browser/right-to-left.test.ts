/** Each text runs in the direction of its own words. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { describePage } from "../support/page-suite.ts";
import { writePapers } from "../support/write-papers.ts";

const TITLE = "نماذج اللغة الكبيرة والانتباه";
const QUESTION = "ما هي نماذج اللغة الكبيرة والانتباه؟";
const seeds = mkdtempSync(path.join(tmpdir(), "footnote-arabic-"));
writePapers(path.join(seeds, "papers.jsonl"), [
  {
    title: TITLE,
    abstract:
      "نماذج اللغة الكبيرة والانتباه هي شبكات عصبية تتعلم من النصوص. الانتباه يزن الكلمات بعضها ببعض. النماذج تكتب النصوص.",
  },
  {
    title: "Graph walks",
    abstract: "Graph walks rank pages by their links. Pages of rank are read more often.",
  },
]);
afterAll(() => rmSync(seeds, { recursive: true }));

/** What the browser has of it. */
interface Styles {
  getComputedStyle(element: unknown): { readonly direction: string };
}

describePage(
  "right to left",
  (suite) => {
    const direction = (selector: string) =>
      suite.page
        .locator(selector)
        .first()
        .evaluate((element) => (globalThis as unknown as Styles).getComputedStyle(element).direction);

    it("is how Arabic is written and read, and nothing else", async () => {
      const { page } = suite;
      await page.fill("#question", QUESTION);
      expect(await direction("#question")).toBe("rtl");
      await suite.answer(QUESTION);
      await page.locator("button.chip").first().click();
      await page.locator(".abstract mark").first().waitFor();
      for (const arabic of [
        ".question h2",
        ".prose > *",
        ".reference-title",
        ".abstract",
        ".source-panel h2",
      ])
        expect(await direction(arabic), arabic).toBe("rtl");
      for (const arabic of [".conversation a", "h1.bar-title"])
        expect(await direction(arabic), arabic).toBe("rtl");
      for (const ours of [".sidebar", ".composer", ".actions", "body"])
        expect(await direction(ours), ours).toBe("ltr");
      await page.getByRole("link", { name: "Papers" }).click();
      await page.locator(".papers-list a").first().waitFor();
      expect(await direction(`.papers-list a:has-text("${TITLE}")`)).toBe("rtl");
      expect(await direction('.papers-list a:has-text("Graph walks")')).toBe("ltr");
    });

    it("does not change what is in English", async () => {
      await suite.answer("How do graph walks rank pages?");
      // The newest comes first, once the list has been read again.
      await suite.page.locator(".conversation a").first().getByText("graph walks").waitFor();
      for (const english of [
        '.question h2:has-text("graph walks")',
        '.prose > *:has-text("Graph walks rank")',
        '.reference-title:has-text("Graph walks")',
        '.conversation a:has-text("graph walks")',
      ]) {
        await suite.page.locator(english).first().waitFor();
        expect(await direction(english), english).toBe("ltr");
      }
    });
  },
  { seeds, context: { viewport: { width: 1440, height: 900 } } },
);
