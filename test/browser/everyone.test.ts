/** For everyone: what axe-core finds on every view in both themes, the keyboard alone, narrow screens. */
import { expect, it } from "vitest";
import { axeFindings } from "../support/axe-findings.ts";
import { describePage, QUESTION, UNKNOWN } from "../support/page-suite.ts";

describePage("for everyone", (suite) => {
  it.each(["light", "dark"] as const)("has no serious fault in any view, in %s", async (colorScheme) => {
    const { page } = suite;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const faults: Record<string, string[]> = {};
    const look = async (view: string) => {
      faults[view] = await axeFindings(page);
      const name = view.replace(/\W+/g, "-");
      await page.screenshot({ path: `test/artefacts/${name}-${colorScheme}.png` });
    };
    await page.waitForSelector(".suggestions button");
    await look("empty");
    await suite.answer(QUESTION);
    await page.locator("button.chip").first().hover();
    await page.waitForSelector(".note-card");
    await look("note card");
    await page.locator("button.chip").first().click();
    await page.waitForSelector(".abstract mark");
    await look("source panel");
    await page.keyboard.press("Escape");
    await suite.answer(UNKNOWN);
    await page.getByRole("button", { name: "Bad answer" }).last().click();
    await page.waitForSelector(".comment");
    await look("unknown, comment");
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await look("shortcuts");
    await page.keyboard.press("Escape");
    for (const address of ["/papers", "/map", "/nowhere-at-all"]) {
      await page.goto(suite.url + address);
      await page.waitForSelector("h1");
      await page.waitForTimeout(200);
      await look(address);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(suite.url);
    await page.getByRole("button", { name: "Conversations" }).click();
    await page.waitForSelector(".conversation");
    await look("narrow sidebar");
    expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((view) => [view, []])));
  });

  it("is used by keyboard alone: ask, go to a note, open its source, come back", async () => {
    const { page } = suite;
    const focused = () =>
      page.evaluate<string>("document.activeElement.className || document.activeElement.id");
    await page.waitForSelector("#question");
    await expect.poll(focused).toBe("question");
    await page.keyboard.type(QUESTION);
    await page.keyboard.press("Enter");
    await page.waitForSelector("button.chip");
    await page.waitForSelector(".answer > .actions");
    await page.keyboard.press("Tab");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("]");
    expect(await focused()).toContain("chip");
    await page.waitForSelector(".note-card mark");
    expect(await focused()).toContain("chip");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".source-panel .abstract mark");
    expect(await focused()).toBe("source-panel");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".source-panel", { state: "detached" });
    await expect.poll(focused).toContain("chip");
    await page.keyboard.press("?");
    await page.locator("dialog[open]", { hasText: "Keyboard shortcuts" }).waitFor();
    await page.waitForSelector(".note-card", { state: "detached" });
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await page.waitForSelector(".welcome");
    await expect.poll(focused).toBe("question");
    await page.goBack();
    await page.waitForSelector(".turn");
    await expect.poll(focused).toBe("question");
  });

  it("takes what is typed on a page without focus for a question", async () => {
    const { page } = suite;
    const typed = () => page.inputValue("#question");
    await page.waitForSelector(".suggestions button");
    await page.keyboard.type("What ");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.type("gnu stands for");
    // The first was a g, and then an n: a new conversation, as it is empty the same.
    expect(await typed()).toBe("What u stands for");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.type("good");
    expect(await typed()).toBe("What u stands forgood");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("g");
    await expect.poll(typed, { timeout: 5000 }).toBe("What u stands forgoodg");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("sn");
    expect(await page.inputValue("#find-conversation")).toBe("sn");
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await page.keyboard.type("in a sheet nothing is");
    await page.keyboard.press("Escape");
    expect(await typed()).toBe("What u stands forgoodg");
    await page.evaluate("document.activeElement.blur()");
    for (const key of ["g", "p"]) await page.keyboard.press(key);
    await page.waitForSelector(".papers-page");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.type("attention");
    expect(await page.inputValue("#find-paper")).toBe("attention");
  });

  it("gives a finger no keyboard that it did not ask for", async () => {
    const page = await suite.served.open(suite.browser, suite.complaints, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(suite.url);
    await page.waitForSelector(".suggestions button");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("BODY");
    await page.context().close();
  });

  it("leaves single keys alone where they are turned off", async () => {
    const { page } = suite;
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await page.getByLabel("Use single keys as shortcuts").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.type("?gn]");
    expect(await page.inputValue("#question")).toBe("?gn]");
    expect(await page.locator("dialog").count()).toBe(0);
  });

  it("follows the system's theme until one is chosen, and keeps that", async () => {
    const { page } = suite;
    const background = () =>
      page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor");
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await background();
    await page.getByRole("button", { name: "Theme: system" }).click();
    expect(await background()).not.toBe(dark);
    await page.reload();
    await page.getByRole("button", { name: "Theme: light" }).click();
    expect(await background()).toBe(dark);
  });
});
