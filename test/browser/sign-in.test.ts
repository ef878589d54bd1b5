/** The page on a server that asks for a key. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildPage, findChromium, launchChromium } from "../support/browser.ts";
import { ServedPage } from "./served-page.ts";

const executable = findChromium();
const ALICE = "alices-key-0123456789";
const BOB = "bobs-key-0123456789";
const QUESTION = "How does NIRVANA speed up decoding?";

describe.skipIf(executable === undefined)("signing in", () => {
  let browser: Browser;
  let served: ServedPage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium(executable ?? "");
    served = await ServedPage.serve(buildPage(), "seeds", { API_KEYS: `alice:${ALICE},bob:${BOB}` });
    await served.assistant.start();
  });
  afterAll(async () => {
    await served?.close();
    await browser?.close();
  });
  beforeEach(async () => {
    complaints = [];
    page = await served.open(browser, complaints);
    await page.goto(served.url);
    await page.locator("#sign-in").waitFor();
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  async function signIn(key: string): Promise<void> {
    await page.fill("#key", key);
    await page.keyboard.press("Enter");
  }
  async function ask(question: string): Promise<void> {
    await page.fill("#question", question);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".notes mark");
    await page.locator("#send", { hasText: "Ask" }).waitFor();
  }

  it("asks for the key in place of everything else, and then answers", async () => {
    expect(await page.locator("#composer").isVisible()).toBe(false);
    expect(await page.locator("#suggestions button").count()).toBe(0);
    expect(await page.evaluate("document.activeElement.id")).toBe("key");
    expect(await page.locator("#sign-in-problem").textContent()).toBe("");
    await signIn(ALICE);
    await page.locator("#suggestions button").first().waitFor();
    expect(await page.locator("#sign-in").isVisible()).toBe(false);
    expect(await page.evaluate("document.activeElement.id")).toBe("question");
    await ask(QUESTION);
    expect(served.assistant.conversations.list("alice", { limit: 10 }).total).toBe(1);
    expect(served.assistant.conversations.list("bob", { limit: 10 }).total).toBe(0);
  });

  it("says when a key is wrong, and asks again", async () => {
    await signIn("not-a-key-0123456789");
    await page.locator("#sign-in-problem", { hasText: "This server does not know the key" }).waitFor();
    expect(await page.inputValue("#key")).toBe("");
    await signIn(BOB);
    await page.locator("#sign-out", { hasText: "Sign out bob" }).waitFor();
  });

  it("keeps the key while the tab is open, and nowhere but there", async () => {
    await signIn(ALICE);
    await page.locator("#sign-out", { hasText: "Sign out alice" }).waitFor();
    await page.reload();
    await page.locator("#sign-out", { hasText: "Sign out alice" }).waitFor();
    expect(await page.content()).not.toContain(ALICE);
    expect(await page.evaluate("document.cookie + JSON.stringify(localStorage)")).not.toContain(ALICE);
  });

  it("forgets the key and what was asked when one signs out", async () => {
    await signIn(ALICE);
    await ask(QUESTION);
    await page.click("#sign-out");
    await page.locator("#sign-in").waitFor();
    expect(await page.locator("article").count()).toBe(0);
    expect(await page.evaluate("JSON.stringify(sessionStorage)")).toBe("{}");
    await page.reload();
    await page.locator("#sign-in").waitFor();
    await signIn(BOB);
    await ask(QUESTION);
    expect(served.assistant.conversations.list("bob", { limit: 10 }).total).toBe(1);
  });
});
