/** The papers searched by what they are about, and what can be done with those that are chosen. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { axeFindings } from "../support/axe-findings.ts";
import { describePage } from "../support/page-suite.ts";

const MEANT = "hallucinating less";

describePage("papers by meaning", (suite) => {
  const find = () => suite.page.getByRole("searchbox", { name: "Find papers" });
  const rows = (head: string) =>
    suite.page.locator(`.papers-list li:has(h2:text-is("${head}")) ~ li .papers-title`).allTextContents();

  it("finds what no title says, each paper with the sentence that matches, lit", async () => {
    const { page } = suite;
    await page.getByRole("link", { name: "Papers", exact: true }).click();
    await page.locator(".papers-title").first().waitFor();
    await find().fill(MEANT);
    await page.getByText("By meaning", { exact: true }).waitFor();
    const { results } = await suite.served.assistant.search({ query: MEANT, limit: 30 });
    // No title matches, and the papers can be narrowed all the same.
    await page.getByLabel("From", { exact: true }).waitFor();
    const shown = await rows("By meaning");
    expect(shown.slice(0, 5)).toEqual(results.slice(0, 5).map(({ paper }) => paper.title));
    const lit = page.locator(".papers-excerpt mark");
    expect(await lit.count()).toBeGreaterThan(3);
    const all = results.map(({ paper }) => paper.abstract.replace(/\s+/g, " ")).join(" ");
    for (const sentence of (await lit.allTextContents()).slice(0, 3))
      expect(all.includes(sentence.replace(/[“”‘’–—].*/, "").slice(0, 60))).toBe(true);
    expect(new URL(page.url()).search).toBe("?q=hallucinating+less");
    // The address alone brings it back, and so does Back from one of them.
    await page.reload();
    await page.getByText("By meaning", { exact: true }).waitFor();
    expect(await find().inputValue()).toBe(MEANT);
    await page.locator(".papers-title").first().click();
    await page.locator(".paper-abstract").waitFor();
    await page.goBack();
    await page.getByText("By meaning", { exact: true }).waitFor();
    expect((await rows("By meaning"))[0]).toBe(shown[0]);
  });

  it("says what failed, and finds when it is tried again", async () => {
    const { page } = suite;
    suite.page.removeAllListeners("console");
    await page.route("**/api/search", (route) => route.abort());
    await page.goto(`${suite.url}/papers?q=attention`);
    await page.locator(".problem", { hasText: "cannot be reached" }).waitFor();
    expect(await page.locator(".papers-title").count()).toBeGreaterThan(3);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("By meaning", { exact: true }).waitFor();
    expect(await page.locator(".problem").count()).toBe(0);
  });

  it("shows titles first, and of many all when they are asked for", async () => {
    const { page } = suite;
    await page.goto(`${suite.url}/papers?q=attention`);
    await page.getByText("By meaning", { exact: true }).waitFor();
    const { total } = await suite.served.assistant.papers.list({ query: "attention", limit: 1 });
    const heads = await page.locator(".papers-section h2").allTextContents();
    expect(heads).toEqual(["By title or author", "By meaning"]);
    await page.getByRole("button", { name: `All ${total} by title or author` }).click();
    await expect.poll(() => new URL(page.url()).search).toBe("?q=attention&in=names");
    await page.getByText("By meaning", { exact: true }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "By meaning too" }).click();
    await page.getByText("By meaning", { exact: true }).waitFor();
  });

  it("asks about the papers that are ticked, and gives their references and a table", async () => {
    const { page } = suite;
    await page.goto(`${suite.url}/papers?q=attention`);
    await page.locator(".papers-tick input").nth(1).waitFor();
    const titles = (await page.locator(".papers-title").allTextContents()).slice(0, 2);
    for (const at of [0, 1]) await page.locator(".papers-tick input").nth(at).check();
    await page.getByRole("status").getByText("2 papers selected").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    for (const [name, begins] of [
      ["BibTeX", "@"],
      ["RIS", "TY  - "],
      ["CSV", '"title","authors"'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name, exact: true }).click(),
      ]);
      const text = await readFile(await download.path(), "utf8");
      expect(text.startsWith(begins), name).toBe(true);
      expect(text.split(/^(?:@|TY {2}-|")/m).length - 1, name).toBe(name === "CSV" ? 3 : 2);
    }
    await page.getByRole("button", { name: "Ask about these 2 papers" }).click();
    await page.locator(".scope", { hasText: "2 papers" }).waitFor();
    await suite.answer("What do they propose?");
    const asked = new Set((await suite.lastAnswer()).sources.map(({ paper }) => paper.title));
    expect([...asked].every((title) => titles.includes(title))).toBe(true);
  });
});
