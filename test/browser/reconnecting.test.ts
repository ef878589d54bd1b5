/** A connection that is cut, and a server that is not ready. */
import { expect, it } from "vitest";
import type { AnswerFrame } from "../../src/protocol.ts";
import { describePage, QUESTION } from "../support/page-suite.ts";
import { ServedPage } from "../support/served-page.ts";

/** Frames after which each connection is cut. */
const CUT_AFTER = 10;

describePage("reconnecting", (suite) => {
  it("loses and doubles no word where the socket is cut at every tenth frame", async () => {
    const { page } = suite;
    const passed: AnswerFrame[] = [];
    let connections = 0;
    await page.routeWebSocket("**/ws", (socket) => {
      const server = socket.connectToServer();
      let frames = 0;
      connections += 1;
      server.onMessage((message) => {
        if (frames === CUT_AFTER) return;
        const frame = JSON.parse(String(message)) as AnswerFrame | { type: "welcome" };
        socket.send(message);
        if (!("seq" in frame)) return;
        passed.push(frame);
        frames += 1;
        if (frames < CUT_AFTER) return;
        void socket.close();
        void server.close();
      });
    });
    await page.reload();
    const conversation = [
      "Compare what the papers say about attention.",
      QUESTION,
      "What do layers represent?",
    ];
    for (const question of conversation) await suite.answer(question);
    expect(connections).toBeGreaterThan(2);
    const ids = [...new Set(passed.map(({ messageId }) => messageId))];
    expect(ids).toHaveLength(3);
    for (const id of ids) {
      const seqs = passed.filter(({ messageId }) => messageId === id).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, at) => at + 1));
    }
    expect(await page.locator(".turn").count()).toBe(3);
  });

  it("says that the server is out of reach, and when it is back", async () => {
    const { page } = suite;
    let open = true;
    await page.routeWebSocket("**/ws", (socket) => {
      if (!open) return void socket.close();
      const server = socket.connectToServer();
      const timer = setInterval(() => {
        if (open) return;
        clearInterval(timer);
        void server.close();
        void socket.close();
      }, 20);
    });
    await page.reload();
    await page.waitForSelector(".suggestions button");
    open = false;
    await page.locator(".banner[data-shown]", { hasText: "cannot be reached" }).waitFor();
    // What is stopped before it could be sent comes back into the field, and is not asked later.
    await suite.ask("Never asked?");
    await page.locator(".stage", { hasText: "Waiting for the connection" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".turn").waitFor({ state: "detached" });
    expect(await page.inputValue("#question")).toBe("Never asked?");
    open = true;
    await page.locator(".banner:not([data-shown])").waitFor({ state: "attached" });
    await suite.answer(QUESTION);
    expect(await page.locator(".turn h2, h1.bar-title").allTextContents()).toEqual([QUESTION, QUESTION]);
  });

  it("shows what the server says when it refuses, and asks again", async () => {
    const early = await ServedPage.serve("dist/web");
    const page = await early.open(suite.browser, suite.complaints);
    try {
      await page.goto(early.url);
      await page.locator(".server-state", { hasText: /^Starting|^Indexing/ }).waitFor();
      await page.fill("#question", QUESTION);
      await page.keyboard.press("Enter");
      await page.locator(".problem", { hasText: "still being indexed" }).waitFor();
      await early.assistant.start();
      await page.locator(".server-state", { hasText: "236 papers" }).waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.waitForSelector(".references");
      expect(await page.locator(".turn").count()).toBe(1);
    } finally {
      await page.context().close();
      await early.close();
    }
  });
});
