import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeFindings } from "../support/axe-findings.ts";
import { buildPage, findChromium, launchChromium } from "../support/browser.ts";
import { generatedPapers } from "../support/generated-papers.ts";
import { ServedPage } from "../support/served-page.ts";
import { writePapers } from "../support/write-papers.ts";

/** More than a question can be about. */
const PAPERS = 600;
/** Its tags are escaped: a record's markup is made text of, and these stay as the text that they are. */
const HOSTILE = {
  title: 'The &lt;img src="https://evil.example/x.png" onerror="alert(1)"&gt; Attack on $\\alpha$',
  abstract: `It costs $5 and $10, and $x^2$ is &lt;svg onload="alert(1)"&gt;bold&lt;/svg&gt;. See (https://code.example/a_b). Or javascript:alert(1). ![](https://evil.example/y.png) ${"long".repeat(2500)}`,
  authors: ["Eve Übel"],
  year: 2020,
  tags: ["security"],
};

const chromium = findChromium();

describe.skipIf(chromium === undefined)("papers and map", () => {
  const seeds = mkdtempSync(path.join(tmpdir(), "footnote-seeds-"));
  const complaints: string[] = [];
  let browser: Browser;
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    writePapers(path.join(seeds, "papers.jsonl"), [...generatedPapers(PAPERS - 1), HOSTILE]);
    served = await ServedPage.serve(buildPage(), { seeds });
    await served.assistant.start();
    browser = await launchChromium(chromium ?? "");
    page = await served.open(browser, complaints, { viewport: { width: 1000, height: 800 } });
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(seeds, { recursive: true });
  });
  beforeEach(() => {
    complaints.length = 0;
    return () => expect(complaints).toEqual([]);
  });

  const find = () => page.getByRole("searchbox", { name: "Find papers" });
  const status = () => page.locator(".papers-count, .map-selection [role=status]");
  const isOnScreen = (text: string | RegExp) => page.getByText(text).first().waitFor();

  it("finds papers as one types, and goes through them by keyboard", async () => {
    await page.goto(`${served.url}/papers`);
    await isOnScreen("600 papers");
    expect(await page.locator(".papers-list li").count()).toBeLessThan(60);
    await find().pressSequentially("zeta599 pars");
    await expect.poll(() => status().textContent()).toBe("No title and no author matches “zeta599 pars”.");
    await find().fill("zeta409 pars");
    await isOnScreen("1 paper found");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "The parser Zeta409 for" }).waitFor();
    expect(await page.locator(".paper-abstract").textContent()).toContain("accuracy of 409.5 points");
    expect(await page.locator(".paper-related li").count()).toBe(5);
    await page.goBack();
    await isOnScreen("1 paper found");
    expect(await find().inputValue()).toBe("zeta409 pars");
  });

  it("loads more where the list is scrolled to", async () => {
    await find().fill("zeta");
    await isOnScreen("599 papers found");
    await page.getByRole("button", { name: "All 599 by title or author" }).click();
    const reached = () => page.locator(".papers-list li").last().getAttribute("data-index").then(Number);
    await expect
      .poll(async () => {
        await page.locator(".papers-list").evaluate((list) => list.scrollBy(0, 1e6));
        return reached();
      })
      .toBe(599);
    expect(await page.locator(".papers-list li").count()).toBeLessThan(60);
  });

  it("narrows and orders by what the records say, all of it in the address", async () => {
    await page.goto(`${served.url}/papers`);
    await isOnScreen("600 papers");
    await page.getByLabel("Tag", { exact: true }).selectOption("security");
    await isOnScreen("1 paper");
    expect(new URL(page.url()).search).toBe("?tag=security");
    await page.goBack();
    await isOnScreen("600 papers");
    await page.getByLabel("From", { exact: true }).selectOption("2020");
    await page.getByLabel("Sort").selectOption("title");
    await expect.poll(() => new URL(page.url()).search).toBe("?sort=title&from=2020");
    await page.reload();
    await page.locator(".papers-list li").first().waitFor();
    const { papers, total } = await served.assistant.papers.list({
      limit: 3,
      sort: "title",
      filter: { yearFrom: 2020 },
    });
    await isOnScreen(total === 1 ? "1 paper" : `${total} papers`);
    const titles = await page.locator(".papers-title").allTextContents();
    expect(titles.slice(1, 3)).toEqual(papers.slice(1, 3).map(({ title }) => title));
    await page.locator(".papers-title").first().click();
    await page.locator(".paper-abstract").waitFor();
    await page.getByRole("link", { name: "All papers" }).click();
    expect(new URL(page.url()).search).toBe("?sort=title&from=2020");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await isOnScreen("600 papers");
  });

  it("shows a hostile paper as what it is", async () => {
    await find().fill("ubel");
    await page.getByRole("link", { name: "Attack on" }).click();
    await page.getByRole("heading", { name: "<img src=" }).waitFor();
    const abstract = page.locator(".paper-abstract");
    await abstract.locator("math msup").waitFor();
    expect(await abstract.textContent()).toMatch(
      /^It costs \$5 and \$10, and .*<svg onload="alert\(1\)">bold<\/svg>\. See \(https:\/\/code\.example\/a_b\)\. .* !\[\]\(https/,
    );
    expect(await page.locator("main img, .paper-page :is(h1, .paper-abstract) svg").count()).toBe(0);
    const links = await abstract.locator("a").evaluateAll((all) => all.map((one) => one.outerHTML));
    expect(links).toEqual([
      '<a href="https://code.example/a_b" target="_blank" rel="noopener noreferrer">https://code.example/a_b</a>',
      expect.stringContaining('href="https://evil.example/y.png"'),
    ]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });

  it("is drawn while one waits, and selects by lasso, but no more than a question can be about", {
    timeout: 120_000,
  }, async () => {
    await page.goto(`${served.url}/map`);
    await isOnScreen("The map is being drawn");
    // Anyone who draws it gives way to all others.
    await page.locator("canvas").waitFor({ timeout: 90_000 });
    await page.getByRole("button", { name: "lasso" }).click();
    const box = (await page.locator("canvas").boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.mouse.down();
    for (const [x, y] of [
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const) {
      await page.mouse.move(box.x + 2 + x * (box.width - 4), box.y + 2 + y * (box.height - 4), { steps: 3 });
    }
    await page.mouse.up();
    await isOnScreen("600 papers selected. A question can be about 500 papers at most: select fewer.");
    expect(await page.getByRole("button", { name: "Ask about these 600 papers" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await status().textContent()).toMatch(/^Draw a lasso/);
  });

  it("can be moved, and a group asked about, by keyboard alone", async () => {
    const picture = () => page.evaluate<string>(`document.querySelector("canvas").toDataURL()`);
    const whole = await picture();
    await page.locator(".map-window").focus();
    await page.keyboard.press("+");
    await expect.poll(picture).not.toBe(whole);
    await page.keyboard.press("0");
    await expect.poll(picture).toBe(whole);
    const group = page.locator(".map-group").first();
    const papers = Number(await group.locator(".map-count").textContent());
    await group.getByRole("checkbox").focus();
    await page.keyboard.press("Space");
    await isOnScreen(`${papers} papers selected`);
    await group.locator("summary").press("Enter");
    await expect.poll(() => group.getByRole("link").count()).toBe(papers);
    await group.getByRole("checkbox").nth(1).press("Space");
    await isOnScreen(`${papers - 1} papers selected`);
    await group.getByRole("link").first().press("Enter");
    await page.locator(".paper-abstract").waitFor();
    await page.goBack();
    await isOnScreen(`${papers - 1} papers selected`);
    await page.getByRole("button", { name: `Ask about these ${papers - 1} papers` }).press("Enter");
    await page.waitForURL(`${served.url}/`);
    await isOnScreen(/^Only in /);
  });

  it("lights up the papers of the answer", async () => {
    await page.goto(served.url);
    await page.locator("#question").fill("What accuracy does the parser Zeta409 reach?");
    await page.keyboard.press("Enter");
    await page.locator(".references, [data-note]").first().waitFor();
    await page.getByRole("link", { name: "Map" }).click();
    await isOnScreen(/Lit: the (paper|\d+ papers) of the answer/);
    await page.locator(".map-group", { hasText: "in the answer" }).first().locator("summary").click();
    await page.locator(".map-paper", { hasText: "in the answer" }).first().waitFor();
  });

  it.each(["light", "dark"] as const)("has nothing serious for axe in %s", async (colorScheme) => {
    const { papers } = await served.assistant.papers.list({ limit: 1 });
    await page.emulateMedia({ colorScheme });
    for (const address of ["/papers", `/papers/${papers[0]?.id}`, "/map"]) {
      await page.goto(served.url + address);
      await page.locator(".papers-list li, .paper-abstract, canvas").first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});
