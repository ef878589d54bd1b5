/** Conversations: the list, versions, links, reloads, exports. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { describePage, QUESTION, UNKNOWN } from "../support/page-suite.ts";

const OTHER = "What are massive activations?";
const LONG = "Compare what the papers say about attention.";

describePage("conversations", (suite) => {
  const heading = () => suite.page.locator(".turn h2").allTextContents();

  it("keeps other versions of a question and of an answer beside the first", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    await page.locator(".turn").first().hover();
    await page.getByRole("button", { name: "Edit the question" }).click();
    await page.fill(".editor textarea", OTHER);
    await page.keyboard.press("Enter");
    await page.locator(".question .versions", { hasText: "2 / 2" }).waitFor();
    await page.waitForSelector(".answer > .actions");
    expect(await heading()).toEqual([OTHER]);
    await page.getByRole("button", { name: "Previous question" }).click();
    expect(await heading()).toEqual([QUESTION]);
    suite.served.assistant.pace = 150;
    await page.getByRole("button", { name: "Answer again" }).click();
    await page.locator(".answer .versions", { hasText: "2 / 2" }).waitFor();
    // The first is there also while the second is on its way.
    expect(await page.locator(".references").count()).toBe(0);
    await page.getByRole("button", { name: "Previous answer" }).click();
    await page.waitForSelector(".references");
    await page.getByRole("button", { name: "Next answer" }).click();
    await page.waitForSelector(".answer > .actions");
    const conversationId = new URL(page.url()).pathname.slice(3);
    const { messages } = await suite.served.assistant.conversations.get("local", conversationId, {
      limit: 10,
    });
    expect(messages.map(({ role, parentId }) => [role, parentId === undefined])).toEqual([
      ["user", true],
      ["assistant", false],
      ["user", true],
      ["assistant", false],
      ["assistant", false],
    ]);
    await page.reload();
    await page.locator(".question .versions", { hasText: "2 / 2" }).waitFor();
  });

  it("survives a reload, and a link leads to the very message", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    const { conversationId, messageId } = await suite.lastAnswer();
    for (const question of [UNKNOWN, OTHER, UNKNOWN]) await suite.answer(question);
    await page.goto(`${suite.url}/c/${conversationId}#${messageId}`);
    await page.waitForSelector("[data-target]");
    const answer = page.locator(`[id="${messageId}"]`);
    expect(await answer.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(200);
    const question = page.locator(".turn h2").first();
    expect(await question.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(40);
    await page.waitForTimeout(100);
    expect(await page.locator(".turn").count()).toBe(4);
    expect(await page.locator("button.chip").first().getAttribute("aria-label")).toContain("NIRVANA");
    // What is asked of it in another window stands here too, for the next question to follow on.
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.locator(".turn").nth(3).waitFor();
    await other.fill("#question", OTHER);
    await other.keyboard.press("Enter");
    await other.locator(".answer > .actions").nth(4).waitFor();
    expect(await page.locator(".turn").count()).toBe(4);
    await page.bringToFront();
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await page.locator(".turn h2", { hasText: OTHER }).nth(1).waitFor();
    await suite.answer(QUESTION);
    expect(await page.locator(".turn").count()).toBe(6);
  });

  it("is followed on where the page was reloaded in the middle of an answer", async () => {
    const { page } = suite;
    suite.served.assistant.pace = 200;
    await suite.ask(LONG);
    await page.waitForSelector(".prose p");
    await expect.poll(async () => (await suite.lastAnswer()).text, { interval: 20 }).not.toBe("");
    await page.reload();
    // What was stored until then goes on, and nothing says that it was stopped.
    await page.waitForSelector(".prose[aria-busy=true]");
    expect(await page.locator(".remarks, .answer > .actions").count()).toBe(0);
    await page.waitForSelector(".references");
    await expect.poll(() => page.locator(".remarks").count()).toBe(0);
    expect((await suite.lastAnswer()).cut).toBeUndefined();
  });

  it("is found by a word in it, renamed, and deleted with a way back", async () => {
    const { page } = suite;
    await suite.answer("Tell me about xylophones in transformers");
    await page.locator(".conversation", { hasText: "xylophones" }).waitFor();
    await page.fill("#find-conversation", "xyloph");
    await expect.poll(() => page.locator(".conversation").count()).toBe(1);
    const row = page.locator(".conversation");
    await row.hover();
    await row.getByRole("button").click();
    await page.getByRole("button", { name: "Rename" }).click();
    await page.keyboard.type("Xylophones, all of them");
    await page.keyboard.press("Enter");
    await page.locator("h1.bar-title", { hasText: "Xylophones, all of them" }).waitFor();
    suite.served.assistant.pace = 200;
    await suite.ask(LONG);
    await page.waitForSelector(".prose[aria-busy=true]");
    await row.hover();
    await row.getByRole("button").click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.locator(".notice", { hasText: "Deleted" }).waitFor();
    expect(await page.locator(".conversation").count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe("/");
    await page.getByRole("button", { name: "Undo" }).click();
    await row.getByText("Xylophones, all of them").waitFor();
    const [first, second] = [page.locator(".turn").first(), page.locator(".turn").nth(1)];
    await first.locator(".answer > .actions").waitFor();
    await second.getByText(/This answer was (cut|stopped)/).waitFor();
    await expect.poll(() => second.textContent()).not.toContain("There is no");
  });

  it("is taken away as Markdown, its references as BibTeX and RIS", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    for (const [name, ending, begins] of [
      ["Conversation as Markdown", "md", "# "],
      ["References as BibTeX", "bib", "@"],
      ["References as RIS", "ris", "TY  - "],
    ]) {
      await page.getByRole("button", { name: "Export" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: name! }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`How-does-NIRVANA-speed-up-decoding.${ending}`);
      expect((await readFile(await download.path(), "utf8")).startsWith(begins!)).toBe(true);
    }
  });

  it("says that one is not there", async () => {
    suite.page.removeAllListeners("console");
    await suite.page.goto(`${suite.url}/c/nobody-has-this`);
    await suite.page.locator(".problem", { hasText: "not here any more" }).waitFor();
  });
});
