import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Answer, AnswerFrame } from "../../src/protocol.ts";
import { buildPage, findChromium, launchChromium } from "../support/browser.ts";
import { ServedPage } from "./served-page.ts";

const executable = findChromium();
const QUESTION = "How does NIRVANA speed up decoding?";

describe.skipIf(executable === undefined)("the page", () => {
  let browser: Browser;
  let webFolder: string;
  let served: ServedPage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    webFolder = buildPage();
    browser = await launchChromium(executable ?? "");
    served = await ServedPage.serve(webFolder);
    await served.assistant.start();
  });
  afterAll(async () => {
    await served?.close();
    await browser?.close();
  });
  beforeEach(async () => {
    complaints = [];
    served.assistant.pace = 0;
    page = await served.open(browser, complaints);
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  async function ask(question: string): Promise<void> {
    await page.fill("#question", question);
    await page.keyboard.press("Enter");
  }
  const answered = () => page.locator("#send", { hasText: "Ask" }).waitFor();
  const lastAnswer = async (): Promise<Answer> => {
    const { conversations } = served.assistant;
    const [newest] = conversations.list("local", { limit: 1 }).conversations;
    const { messages } = conversations.get("local", newest!.id, { limit: 100 });
    return messages.at(-1)!.answer!;
  };

  it("answers with numbered notes whose quotes are lit within their passage", async () => {
    await page.goto(served.url);
    await ask(QUESTION);
    await page.waitForSelector(".notes mark");
    await answered();
    const { citations } = await lastAnswer();
    const lit = await page.locator(".notes mark").allTextContents();
    expect(lit.length).toBeGreaterThan(0);
    expect([...lit].sort()).toEqual([...new Set(citations.map(({ quote }) => quote))].sort());
    expect(await page.locator(".notes cite").first().textContent()).toContain("NIRVANA");
    expect(await page.locator("#announcer").textContent()).toContain("NIRVANA");
  });

  it("leads from a marker to its note and back, by keyboard", async () => {
    await page.goto(served.url);
    await ask(QUESTION);
    await page.waitForSelector(".notes mark");
    await answered();
    await page.locator(".marker").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.dataset.note")).toBe("1");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.dataset.marker")).toBe("1");
  });

  it("says calmly that the papers do not answer, and which are nearest", async () => {
    await page.goto(served.url);
    await ask("Which football team won the Mongolian cup in 1987?");
    await page.waitForSelector(".unknown li blockquote");
    const { abstained, sources } = await lastAnswer();
    expect(abstained).toBe(true);
    const nearest = await page.locator(".unknown li cite").allTextContents();
    expect(nearest).toEqual(sources.slice(0, nearest.length).map(({ paper }) => paper.title));
    expect(await page.locator(".notes li").count()).toBe(0);
  });

  it("offers questions, and keeps asking in one conversation until a new one is begun", async () => {
    await page.goto(served.url);
    await page.locator("#suggestions button").first().click();
    await page.waitForSelector(".notes mark");
    await answered();
    const { conversationId } = await lastAnswer();
    await ask("And what are its limits?");
    await page.locator("article").nth(1).waitFor();
    await answered();
    expect((await lastAnswer()).conversationId).toBe(conversationId);
    await page.click("#new");
    expect(await page.locator("article").count()).toBe(0);
    await ask(QUESTION);
    await answered();
    expect((await lastAnswer()).conversationId).not.toBe(conversationId);
  });

  it("sends with Enter and breaks the line with Shift+Enter", async () => {
    await page.goto(served.url);
    await page.fill("#question", "one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    expect(await page.inputValue("#question")).toBe("one\ntwo");
    await page.keyboard.press("Enter");
    expect(await page.inputValue("#question")).toBe("");
    expect(await page.locator("h2").textContent()).toBe("one\ntwo");
  });

  it("stops an answer and keeps what was written", async () => {
    served.assistant.pace = 150;
    await page.goto(served.url);
    await ask(QUESTION);
    await page.waitForSelector(".answer p");
    await page.click("#send");
    await page.waitForSelector(".remark");
    expect(await page.locator(".remark").textContent()).toBe("Stopped here.");
    expect(await page.locator("#send").textContent()).toBe("Ask");
    expect((await lastAnswer()).text).not.toBe("");
  });

  it("goes on without a lost or doubled frame when the connection drops, again and again", async () => {
    const passed: AnswerFrame[] = [];
    await page.routeWebSocket("**/ws", (socket) => {
      const server = socket.connectToServer();
      let frames = 0;
      server.onMessage((message) => {
        if (frames === 3) return;
        const frame = JSON.parse(String(message)) as AnswerFrame | { type: "welcome" };
        socket.send(message);
        if (!("seq" in frame)) return;
        passed.push(frame);
        frames += 1;
        if (frames < 3) return;
        void socket.close();
        void server.close();
      });
    });
    served.assistant.pace = 20;
    await page.goto(served.url);
    await ask(QUESTION);
    await page.waitForSelector(".notes mark");
    await answered();
    expect(passed.length).toBeGreaterThan(6);
    expect(passed.map(({ seq }) => seq)).toEqual(passed.map((_, at) => at + 1));
    expect(passed.at(-1)?.type).toBe("done");
  });

  it("shows what the server says when it refuses, and asks again", async () => {
    const early = await ServedPage.serve(webFolder);
    await page.close();
    try {
      page = await early.open(browser, complaints);
      await page.goto(early.url);
      await page.waitForSelector("#state:not(:empty)");
      expect(await page.locator("#state").textContent()).toMatch(/^Starting|^Indexing/);
      await ask(QUESTION);
      await page.waitForSelector(".problem button");
      await early.assistant.start();
      await page.locator("#state", { hasText: "236 papers" }).waitFor();
      await page.click(".problem button");
      await page.waitForSelector(".notes mark");
      expect(await page.locator("article").count()).toBe(1);
    } finally {
      await page.close();
      await early.close();
    }
  });

  it("lets nothing of a paper run or load, and fits a phone", async () => {
    const seeds = mkdtempSync(path.join(tmpdir(), "footnote-seeds-"));
    const evil = '<img src="https://evil.test/x" onerror="window.hacked=1">';
    const abstract = `Zebrafish larvae ${evil} swim ![x](https://evil.test/y) fast. They are ${"long".repeat(2500)} fish.`;
    const papers = [
      { title: `Zebrafish ${evil} swimming`, abstract },
      { title: "Another paper", abstract: "It is about rocks and minerals. Rocks are old." },
    ];
    writeFileSync(path.join(seeds, "evil.jsonl"), papers.map((paper) => JSON.stringify(paper)).join("\n"));
    const hostile = await ServedPage.serve(webFolder, seeds);
    await page.close();
    try {
      await hostile.assistant.start();
      page = await hostile.open(browser, complaints, 360);
      await page.goto(hostile.url);
      await ask("How do zebrafish larvae swim?");
      await page.waitForSelector(".notes mark");
      await answered();
      expect(await page.locator("main img, main a, main script").count()).toBe(0);
      expect(await page.locator(".notes").textContent()).toContain(evil);
      expect(await page.evaluate('"hacked" in window')).toBe(false);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    } finally {
      await page.close();
      await hostile.close();
      rmSync(seeds, { recursive: true });
    }
  });
});
