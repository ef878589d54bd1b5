/** Phones and narrow windows: Back, sheets, folded sidebar, tables, what fingers press. */
import { expect, it } from "vitest";
import { axeFindings } from "../support/axe-findings.ts";
import { describePage, QUESTION } from "../support/page-suite.ts";

const COMPARISON = "How does ALiBi differ from CoPE?";
/** What is pressed, but for notes, which are words of a line, and what only the keyboard reaches. */
const PRESSED =
  "button:not(.chip), a:not(.skip, .prose a), input, textarea, select, summary, label:has(input[type=checkbox])";
/** Heights below 44 px of what is pressed and seen; letters of fields below 16 px. */
const TOO_SMALL = `[...document.querySelectorAll(${JSON.stringify(PRESSED)})]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest(".visually-hidden, dialog:not([open])"))
  .filter((one) => !(one.matches("input[type=checkbox]") && one.closest("label")))
  .map((one) => ({ one, box: one.getBoundingClientRect() }))
  .filter(({ box }) => box.height > 0 && box.height < 43.5)
  .map(({ one, box }) => one.outerHTML.slice(0, 120) + " " + box.height)
  .concat([...document.querySelectorAll("input:not([type=checkbox]), textarea, select")]
    .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 16)
    .map((one) => "field: " + one.outerHTML.slice(0, 120)))`;

describePage(
  "a phone",
  (suite) => {
    const path = () => new URL(suite.page.url()).pathname;
    const tooSmall = () => suite.page.evaluate<string[]>(TOO_SMALL);

    it("shows a source in half of the window, its note above it, and Back closes it", async () => {
      const { page } = suite;
      await suite.answer(QUESTION);
      const conversation = path();
      for (const [at, close] of [
        [0, () => page.goBack()],
        [1, () => page.getByRole("button", { name: "Close the source" }).tap()],
        [0, () => page.keyboard.press("Escape")],
      ] as const) {
        const chip = page.locator("button.chip").nth(at);
        await chip.tap();
        await page.locator(".abstract mark[data-current]").waitFor();
        const panel = (await page.locator(".source-panel").boundingBox())!;
        expect(panel.y).toBeGreaterThan(300);
        expect(panel.y + panel.height).toBeCloseTo(844, 0);
        const mark = (await page.locator(".abstract mark[data-current]").first().boundingBox())!;
        expect(mark.y).toBeGreaterThan(panel.y);
        expect(mark.y).toBeLessThan(844);
        await expect.poll(async () => (await chip.boundingBox())!.y).toBeLessThan(panel.y);
        expect(await chip.getAttribute("data-opened")).toBe("");
        await close();
        await page.locator(".source-panel").waitFor({ state: "detached" });
        expect(path()).toBe(conversation);
      }
      // None of them has left an entry that does nothing: the first question's own page lies behind the answer.
      await page.goBack();
      await page.waitForSelector(".welcome");
      expect(path()).toBe("/");
      await page.goForward();
      await page.waitForSelector(".turn");
    });

    it("goes from a source to another page and back to the answer", async () => {
      const { page } = suite;
      await suite.answer(QUESTION);
      const conversation = path();
      await page.locator("button.chip").first().tap();
      await page.locator(".source-links").getByText("The paper’s page").tap();
      await page.locator(".paper-abstract").waitFor();
      await page.goBack();
      await page.locator(".turn").waitFor();
      expect(path()).toBe(conversation);
      expect(await page.locator(".source-panel").count()).toBe(0);
    });

    it("closes the sidebar with Back, and goes elsewhere from it", async () => {
      const { page } = suite;
      await suite.answer(QUESTION);
      const conversation = path();
      const open = async () => {
        await page.getByRole("button", { name: "Conversations" }).tap();
        await page.locator("dialog .conversation").first().waitFor();
      };
      await open();
      await page.goBack();
      await page.locator("dialog").waitFor({ state: "detached" });
      expect(path()).toBe(conversation);
      await open();
      await page.getByRole("link", { name: "Papers", exact: true }).tap();
      await page.locator(".papers-list li").first().waitFor();
      expect(await page.locator("dialog").count()).toBe(0);
      await page.goBack();
      await page.locator(".turn").waitFor();
      expect(path()).toBe(conversation);
      await open();
      await page.locator("dialog").getByRole("button", { name: "New conversation" }).tap();
      await page.locator(".welcome").waitFor();
      expect(path()).toBe("/");
      await page.goBack();
      await page.locator(".turn").waitFor();
    });

    it("stacks a comparison, each cell under the name of its paper", async () => {
      const { page } = suite;
      await suite.answer(COMPARISON);
      const [alibi, cope] = [page.locator(".prose td").nth(1), page.locator(".prose td").nth(2)];
      const [above, below] = [(await alibi.boundingBox())!, (await cope.boundingBox())!];
      expect(below.y).toBeGreaterThan(above.y + above.height - 1);
      expect(below.x).toBe(above.x);
      const heads = await page.locator(".prose th").allTextContents();
      expect(await alibi.getAttribute("data-label")).toBe(heads[1]);
      expect(await cope.getAttribute("data-label")).toBe(heads[2]);
      expect(await page.locator(".scroller").evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    });

    it.each(["light", "dark"] as const)(
      "is pressed with a finger in every view, in %s",
      async (colorScheme) => {
        const { page } = suite;
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const faults: Record<string, string[]> = {};
        const look = async (view: string) => {
          faults[view] = [...(await tooSmall()), ...(await axeFindings(page))];
          await page.screenshot({ path: `test/artefacts/phone-${view}-${colorScheme}.png` });
        };
        await page.waitForSelector(".suggestions button");
        await look("empty");
        await suite.answer("How do I make my LLM run faster on one GPU?");
        await page.locator(".further summary").tap();
        await look("answer");
        await page.locator("button.chip").first().tap();
        await page.locator(".related a").first().waitFor();
        await look("source");
        await page.goBack();
        await page.getByRole("button", { name: "Conversations" }).tap();
        await page.locator(".conversation").first().waitFor();
        await look("sidebar");
        await page.getByRole("link", { name: "Papers", exact: true }).tap();
        await page.locator(".papers-list li").first().waitFor();
        await look("papers");
        await page.locator(".papers-title").first().tap();
        await page.locator(".paper-abstract").waitFor();
        await look("paper");
        await page.goto(`${suite.url}/map`);
        await page.locator("canvas").waitFor({ timeout: 30_000 });
        await look("map");
        expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((view) => [view, []])));
      },
    );
  },
  { context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
);

describePage(
  "a window of 1024 pixels",
  (suite) => {
    const sidebar = () => suite.page.locator(".shell > .sidebar");

    it("shows a source beside the answer, for which the sidebar folds by itself", async () => {
      const { page } = suite;
      await suite.answer(QUESTION);
      await sidebar().waitFor();
      await page.locator("button.chip").first().click();
      await page.locator(".abstract mark").first().waitFor();
      await sidebar().waitFor({ state: "detached" });
      const panel = (await page.locator(".source-panel").boundingBox())!;
      const prose = (await page.locator(".prose").boundingBox())!;
      expect(prose.x + prose.width).toBeLessThan(panel.x);
      expect(prose.width).toBeGreaterThan(400);
      // It can still be had, over the page.
      await page.getByRole("button", { name: "Conversations" }).click();
      await page.locator("dialog .conversation").first().waitFor();
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Close the source" }).click();
      await sidebar().waitFor();
    });

    it("folds the sidebar with its button and with Ctrl-B, and keeps it so", async () => {
      const { page } = suite;
      await page.getByRole("button", { name: "Fold the sidebar" }).click();
      await sidebar().waitFor({ state: "detached" });
      await page.reload();
      await page.waitForSelector(".suggestions button");
      expect(await sidebar().count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press("Control+b");
      await sidebar().waitFor();
      await page.keyboard.press("Control+b");
      await sidebar().waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Conversations" }).click();
      await sidebar().waitFor();
      expect(await page.locator("dialog").count()).toBe(0);
    });
  },
  { context: { viewport: { width: 1024, height: 768 } } },
);
