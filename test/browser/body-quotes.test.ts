/** A quote from the text below an abstract: its page and section at the note, and where it stands in that text. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { axeFindings } from "../support/axe-findings.ts";
import { makePdf } from "../support/make-pdf.ts";
import { describePage } from "../support/page-suite.ts";

const lines = (text: string, y: number) =>
  (text.match(/.{1,70}(?:\s|$)/g) ?? []).map((line, at) => ({
    text: line.trim(),
    x: 72,
    y: y - 14 * at,
    size: 11,
  }));
const head = (text: string, y: number) => ({ text, x: 72, y, size: 13, font: "bold" as const });
const PAGES = [
  [
    { text: "Kites above the harbour", x: 150, y: 720, size: 20, font: "bold" as const },
    head("Abstract", 660),
    ...lines("We watch kites above a harbour for a year. They rise with the wind and land at dusk.", 640),
    head("1 Introduction", 560),
    ...lines("Kites have been flown for long. Many were lost at sea. We ask why they rise.", 540),
  ],
  [
    head("2 Materials", 700),
    ...lines(
      "Each kite was made of bamboo. The tails were soaked in beeswax to keep the rain off. We flew them daily.",
      680,
    ),
  ],
];
const seeds = mkdtempSync(path.join(tmpdir(), "footnote-kites-"));
writeFileSync(path.join(seeds, "kites.pdf"), makePdf(PAGES, { Title: "Kites above the harbour" }));
writeFileSync(
  path.join(seeds, "others.jsonl"),
  ["Tomato yield", "Bridges of steel"]
    .map((title) => JSON.stringify({ title, abstract: `We measure ${title}. It is measured well.` }))
    .join("\n"),
);
afterAll(() => rmSync(seeds, { recursive: true }));

describePage(
  "a quote from below the abstract",
  (suite) => {
    it("names its page and section, and is lit in the text that it stands in", async () => {
      const { page } = suite;
      await suite.answer("What were the tails of the kites soaked in?");
      const at = (await suite.lastAnswer()).citations.findIndex(({ quote }) => quote.includes("beeswax"));
      const chip = page.locator("button.chip").nth(at);
      await chip.hover();
      await page.locator(".note-by", { hasText: "p. 2, 2 Materials" }).waitFor();
      await chip.click();
      await page.locator(".source-panel .kicker", { hasText: "p. 2, 2 Materials" }).waitFor();
      const excerpt = page.locator(".body-excerpt .abstract");
      await excerpt.getByText("Each kite was made of bamboo.").waitFor();
      expect(await excerpt.locator("mark[data-current]").textContent()).toContain("soaked in beeswax");
      expect(await excerpt.textContent()).toContain("We flew them daily.");
      expect(await page.locator(".source-panel > .abstract").textContent()).toContain("land at dusk");
      expect(await axeFindings(page)).toEqual([]);
      // Where the text is another by now, the quote stands alone.
      await page.keyboard.press("Escape");
      await page.route(/\/body\?/, (route) =>
        route.fulfill({ json: { start: 0, end: 5000, text: "z".repeat(5000), length: 5000 } }),
      );
      await chip.click();
      await excerpt.locator("mark").waitFor();
      await page.waitForTimeout(200);
      expect(await excerpt.textContent()).toBe((await suite.lastAnswer()).citations[at]?.quote);
    });
  },
  { seeds, context: { viewport: { width: 1440, height: 900 } } },
);
