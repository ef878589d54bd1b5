import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import type { Answer } from "../../src/protocol.ts";
import { buildPage, findChromium, launchChromium } from "./browser.ts";
import { ServedPage, type ServeOptions } from "./served-page.ts";

export const QUESTION = "How does NIRVANA speed up decoding?";
export const UNKNOWN = "Which football team won the Mongolian cup in 1987?";

interface Options extends ServeOptions {
  /** For the window of each test. */
  readonly context?: BrowserContextOptions;
}

/** What the tests of the page have in hand: the server, a browser, and for each test a window of its own. */
export class PageSuite {
  browser!: Browser;
  served!: ServedPage;
  page!: Page;
  /** Errors, violations of the content security policy, requests to other places: a test that has any fails. */
  complaints: string[] = [];

  get url(): string {
    return this.served.url;
  }

  async ask(question: string): Promise<void> {
    await this.page.fill("#question", question);
    await this.page.keyboard.press("Enter");
  }

  /** Asks and waits for the end of the answer. */
  async answer(question: string): Promise<Locator> {
    const before = await this.page.locator(".answer > .actions").count();
    await this.ask(question);
    const last = this.page.locator(".answer > .actions").nth(before);
    await last.waitFor();
    return this.page.locator(".turn").last();
  }

  /** As the server has stored it. */
  async lastAnswer(owner = "local"): Promise<Answer> {
    const { conversations } = this.served.assistant;
    const [newest] = (await conversations.list(owner, { limit: 1 })).conversations;
    const { messages } = await conversations.get(owner, newest!.id, { limit: 100 });
    return messages.at(-1)!.answer!;
  }
}

/** A suite in real Chromium against the production server; skipped, with one line that says so, where there is none. */
export function describePage(name: string, tests: (suite: PageSuite) => void, options: Options = {}): void {
  const executable = findChromium();
  describe.skipIf(executable === undefined)(name, () => {
    const suite = new PageSuite();
    beforeAll(async () => {
      const webFolder = buildPage();
      suite.browser = await launchChromium(executable ?? "");
      suite.served = await ServedPage.serve(webFolder, options);
      await suite.served.assistant.start();
    });
    afterAll(async () => {
      await suite.served?.close();
      await suite.browser?.close();
    });
    beforeEach(async () => {
      suite.complaints = [];
      suite.served.assistant.pace = 0;
      suite.page = await suite.served.open(suite.browser, suite.complaints, options.context);
      await suite.page.goto(suite.url);
    });
    afterEach(async () => {
      await suite.page.context().close();
      expect(suite.complaints).toEqual([]);
    });
    tests(suite);
  });
}
