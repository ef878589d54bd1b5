/** Papers that attack their reader: nothing runs, nothing is loaded from elsewhere, the page keeps its width. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { describePage } from "../support/page-suite.ts";

const IMAGE = '<img src="https://evil.test/x" onerror="window.hacked=1">';
const MARKDOWN = "![x](https://evil.test/y) [press](javascript:window.hacked=1) [1]: https://evil.test/z";
const FORMULA =
  "$\\href{javascript:window.hacked=1}{x} \\includegraphics{https://evil.test/w} \\color{red}{y_1}$";
const SCRIPT = "<script>window.hacked=1</script>";
/** Markup of a record is made text of, once: what it had escaped stands in the text as tags. */
const escaped = (markup: string) => markup.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const TITLE = `Zebrafish ${IMAGE} swimming`;
const ABSTRACT =
  `Zebrafish larvae ${escaped(IMAGE)} swim ${MARKDOWN} fast in water. Zebrafish larvae of ${FORMULA} swim slowly. ` +
  `Zebrafish larvae are ${"long".repeat(2500)} fish. ${escaped(SCRIPT)} Larvae swim ${escaped("<svg/onload=hacked=1>")}. ` +
  `Larvae <b>rest</b> at night ${IMAGE}${SCRIPT}.`;

const seeds = mkdtempSync(path.join(tmpdir(), "footnote-hostile-"));
const papers = [
  { title: escaped(TITLE), abstract: ABSTRACT, authors: [escaped(IMAGE)] },
  { title: "Another paper", abstract: "It is about rocks and minerals. Rocks are old." },
];
writeFileSync(path.join(seeds, "hostile.jsonl"), papers.map((paper) => JSON.stringify(paper)).join("\n"));
afterAll(() => rmSync(seeds, { recursive: true }));

describePage(
  "hostile papers",
  (suite) => {
    it("shows them as the text that they are, on a phone", async () => {
      const { page } = suite;
      await suite.answer("How do zebrafish larvae swim?");
      const [note] = (await suite.lastAnswer()).citations;
      await page.locator("button.chip").first().click();
      await page.locator(".abstract mark").first().waitFor();
      await page.waitForTimeout(300);
      const shown = await page.locator(".source-panel").textContent();
      expect(shown).toContain(TITLE);
      for (const text of [SCRIPT, `larvae ${IMAGE} swim`, "<svg/onload=hacked=1>", "Larvae rest at night"])
        expect(shown).toContain(text);
      expect(await page.locator(".abstract mark[data-current]").allTextContents()).not.toEqual([]);
      expect(note?.quote).not.toBe("");
      expect(
        await page.locator("#root img, #root script, #root iframe, a[href^='javascript:']").count(),
      ).toBe(0);
      expect(await page.evaluate('"hacked" in window')).toBe(false);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      await page.keyboard.press("Escape");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      expect(await page.locator(".scroller").evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    });

    it("asks a hostile question, and gives a conversation a hostile title", async () => {
      const { page } = suite;
      await suite.answer(`${IMAGE} swim?`);
      await page.getByRole("button", { name: "Conversations" }).click();
      await page.locator(".conversation").first().waitFor();
      expect(await page.locator(".conversation a").first().textContent()).toBe(`${IMAGE} swim?`);
      expect(await page.evaluate('"hacked" in window')).toBe(false);
    });
  },
  { seeds, context: { viewport: { width: 360, height: 740 } } },
);
