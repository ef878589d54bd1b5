/** Asking and reading: the composer, the notes, the source panel. */
import { describe, expect, it } from "vitest";
import { typeset } from "../../src/protocol/wording.ts";
import { describePage, QUESTION, UNKNOWN } from "../support/page-suite.ts";

/** Its answer is longer than a window. */
const LIST = "Which papers study sparse attention?";

/** What the browser has of them. */
interface Box {
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly scrollTop: number;
  getBoundingClientRect(): { readonly top: number; readonly height: number };
  closest(selector: string): Box;
}
interface Link {
  readonly href: string;
}
const fromTop = (element: unknown) => {
  const box = element as Box;
  return box.getBoundingClientRect().top - box.closest(".scroller").getBoundingClientRect().top;
};
const hidden = (element: unknown) => {
  const { scrollHeight, clientHeight, scrollTop } = element as Box;
  return Math.round(scrollHeight - clientHeight - scrollTop);
};
const heightOf = (element: unknown) => (element as Box).getBoundingClientRect().height;

describePage("asking and reading", (suite) => {
  it("sends with Enter, breaks the line with Shift+Enter, brings back the last question with the arrow", async () => {
    const { page } = suite;
    await page.fill("#question", "one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    expect(await page.inputValue("#question")).toBe("one\ntwo");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".answer > .actions");
    expect(await page.inputValue("#question")).toBe("");
    expect(await page.locator(".turn h2").textContent()).toBe("one\ntwo");
    await page.keyboard.press("ArrowUp");
    expect(await page.inputValue("#question")).toBe("one\ntwo");
  });

  it("asks what the address brings, once, and is offered to the browser as a search engine", async () => {
    const { page } = suite;
    await page.goto(`${suite.url}/?q=${encodeURIComponent(` ${QUESTION} `)}`);
    await page.locator(".answer > .actions").waitFor();
    const { conversationId, question } = await suite.lastAnswer();
    expect(question).toBe(QUESTION);
    expect(page.url()).toBe(`${suite.url}/c/${conversationId}`);
    const before = (await suite.served.assistant.conversations.list("local", { limit: 1 })).total;
    await page.reload();
    await page.locator(".answer > .actions").waitFor();
    await page.goBack();
    await page.waitForSelector(".welcome");
    expect(page.url()).toBe(`${suite.url}/`);
    expect((await suite.served.assistant.conversations.list("local", { limit: 1 })).total).toBe(before);
    const found = (link: string) =>
      page.evaluate<string>(`fetch(document.querySelector('${link}').href).then((got) => got.text())`);
    expect(await found("link[rel=search]")).toContain(`template="${suite.url}/?q={searchTerms}"`);
    const { icons } = JSON.parse(await found("link[rel=manifest]")) as { icons: { src: string }[] };
    for (const { src } of icons) expect((await fetch(`${suite.url}/${src}`)).status).toBe(200);
    await page.goto(`${suite.url}/papers?q=nothing`);
    await page.waitForSelector(".papers-page");
  });

  it("offers questions that the corpus answers", async () => {
    const { page } = suite;
    await page.locator(".suggestions button").first().click();
    await page.waitForSelector(".references");
    expect((await suite.lastAnswer()).abstained).toBe(false);
    expect(new URL(page.url()).pathname).toBe(`/c/${(await suite.lastAnswer()).conversationId}`);
  });

  it("offers questions to go on with under the last answer alone, and asks the one that is chosen", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    const next = (await suite.lastAnswer()).next ?? [];
    const chips = page.locator(".next-questions button");
    expect(await chips.allTextContents()).toEqual(next);
    await chips.first().click();
    await page.locator(".answer > .actions").nth(1).waitFor();
    expect(await page.locator(".turn h2").last().textContent()).toBe(next[0]);
    expect(await suite.lastAnswer()).toMatchObject({ question: next[0], confidence: "high" });
    expect(await chips.allTextContents()).toEqual((await suite.lastAnswer()).next);
  });

  it("gives every marker its own note: quote and claim are those of the answer", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    const { citations, text } = await suite.lastAnswer();
    const chips = page.locator("button.chip");
    await chips.first().waitFor();
    expect(await chips.count()).toBe(citations.length);
    for (const [at, citation] of citations.entries()) {
      await chips.nth(at).hover();
      const card = page.locator(".note-card");
      await card.locator("mark", { hasText: citation.quote }).waitFor();
      expect(await card.locator(".note-title").textContent()).toBe(citation.title);
      const lit = await page.locator("[data-claim][data-lit]").allTextContents();
      expect(lit.join("")).toBe(text.slice(citation.claim.start, citation.claim.end));
      await page.mouse.move(0, 0);
      await card.waitFor({ state: "detached" });
    }
  });

  it("opens the source beside the answer, the quote lit and in view, and closes it with Escape", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    const [note] = (await suite.lastAnswer()).citations;
    await page.locator("button.chip").first().click();
    const mark = page.locator(".source-panel .abstract mark[data-current]");
    await mark.waitFor();
    expect(await mark.textContent()).toBe(note?.quote);
    const box = await mark.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(800);
    // The title stands once: above, while its heading is out of sight.
    const kicker = page.locator(".source-panel .kicker");
    await page.locator(".source-panel").evaluate((panel) => panel.scrollTo(0, 0));
    await expect.poll(() => kicker.textContent()).toBe("Note 1");
    await page.locator(".source-panel").evaluate((panel) => panel.scrollTo(0, 400));
    await expect.poll(() => kicker.textContent()).toBe(`Note 1 · ${note?.title}`);
    expect(await page.locator(".quotes li").count()).toBe(2);
    // The note and its claim stay lit, wherever the pointer is; another quote lights another.
    await page.mouse.move(0, 0);
    const claim = async () => (await page.locator("[data-claim][data-lit]").allTextContents()).join("");
    const { citations, text } = await suite.lastAnswer();
    const claims = citations.map((one) => text.slice(one.claim.start, one.claim.end).replaceAll("**", ""));
    await page.locator(".note-card").waitFor({ state: "detached" });
    expect(await claim()).toBe(claims[0]);
    expect(await page.locator("button.chip[data-opened]").count()).toBe(1);
    await page.locator(".quotes button").nth(1).click();
    await expect.poll(claim).toBe(claims[1]);
    await page.locator(".quotes button").first().click();
    expect(await page.locator(".related li").count()).toBeGreaterThan(0);
    suite.served.assistant.pace = 200;
    await suite.ask(UNKNOWN);
    await page.locator(".stage", { hasText: "Searching" }).waitFor();
    // One Escape does one thing: where questions are written, it stops the answer.
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Ask", exact: true }).waitFor();
    expect(await page.locator(".source-panel").count()).toBe(1);
    await page.keyboard.press("Escape");
    await page.locator(".source-panel").waitFor({ state: "detached" });
    expect(await page.locator("[data-lit], [data-opened]").count()).toBe(0);
  });

  it("leads from a note to the paper's page, to where it is found by title, and to its place on the map", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    const [note] = (await suite.lastAnswer()).citations;
    await page.locator("button.chip").first().hover();
    expect(await page.locator(".note-card a").getAttribute("href")).toBe(`/papers/${note?.paperId}`);
    await page.locator("button.chip").first().click();
    const links = page.locator(".source-links a");
    await links.first().waitFor();
    const outward = await links.evaluateAll((all) => all.map((one) => (one as unknown as Link).href));
    const title = encodeURIComponent(note?.title ?? "");
    expect(outward.slice(-3)).toEqual([
      `https://arxiv.org/search/?searchtype=title&query=${title}`,
      `https://www.semanticscholar.org/search?q=${title}`,
      `https://scholar.google.com/scholar?q=${title}`,
    ]);
    await page.locator(".source-links").getByText("Show on the map").click();
    await page.locator(".map-card", { hasText: note?.title ?? "" }).waitFor({ timeout: 30_000 });
    await page.goBack();
    await page.locator("button.chip").first().click();
    await page.locator(".source-links").getByText("The paper’s page").click();
    await page.getByRole("heading", { name: note?.title ?? "", exact: true }).waitFor();
  });

  it("asks about one paper alone", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    const [{ paperId } = { paperId: "" }] = (await suite.lastAnswer()).citations;
    await page.locator("button.chip").first().click();
    await page.getByRole("button", { name: "Ask about this paper" }).click();
    await page.locator(".scope", { hasText: "NIRVANA" }).waitFor();
    await suite.answer("What does it improve?");
    expect([...new Set((await suite.lastAnswer()).sources.map(({ paper }) => paper.id))]).toEqual([paperId]);
    await page.locator(".turn .kicker", { hasText: "Only in NIRVANA" }).waitFor();
    await page.reload();
    await page.locator(".turn .kicker", { hasText: "Only in NIRVANA" }).waitFor();
    await page.locator(".scope", { hasText: "NIRVANA" }).waitFor();
    // It belongs to this conversation: another one is about every paper.
    await page.fill("#question", "half a quest");
    await page.getByRole("button", { name: "New conversation" }).first().click();
    await page.waitForSelector(".welcome");
    expect(await page.locator(".scope").count()).toBe(0);
    expect(await page.inputValue("#question")).toBe("");
    await page.goBack();
    await page.locator(".scope", { hasText: "NIRVANA" }).waitFor();
    expect(await page.inputValue("#question")).toBe("half a quest");
    await page.getByRole("button", { name: "Ask all papers again" }).click();
    expect(await page.locator(".scope").count()).toBe(0);
  });

  it("says calmly that the papers do not answer, with the nearest as cards", async () => {
    const { page } = suite;
    await suite.answer(UNKNOWN);
    const { nearest } = await suite.lastAnswer();
    const titles = await page.locator(".unknown .card-title").allTextContents();
    expect(titles).toEqual(nearest?.map(({ paper }) => paper.title));
    expect(await page.locator(".unknown .prose").textContent()).toBe("I found no abstract that says this.");
    await page.locator(".card").first().click();
    await page.locator(".source-panel h2", { hasText: titles[0]! }).waitFor();
    // Stopped once that was said, it is said no less.
    suite.served.assistant.pace = 150;
    await page.evaluate(`
      new MutationObserver((_, observer) => {
        if (document.querySelector(".prose[aria-busy=true]") === null) return;
        observer.disconnect();
        document.querySelector(".send").click();
      }).observe(document.body, { subtree: true, childList: true, attributes: true })`);
    await suite.ask(UNKNOWN);
    await page.locator(".unknown .cards").nth(1).waitFor();
    expect(await page.locator(".remarks").count()).toBe(0);
    expect((await suite.lastAnswer()).cut).toBe(true);
  });

  it("marks an answer as less certain, and unfolds what was found beside it", async () => {
    const { page } = suite;
    await suite.answer("How do I make my LLM run faster on one GPU?");
    const { sources, citations, confidence } = await suite.lastAnswer();
    expect(confidence).toBe("tentative");
    expect(await page.locator(".prose").textContent()).toMatch(/^These passages bear on it:/);
    await page.locator(".less-certain").focus();
    await page.locator(".tooltip", { hasText: "may not answer all of it" }).waitFor();
    const shown = await page.locator(".references .number").allTextContents();
    expect(shown).toEqual(shown.map((_, at) => String(at + 1)));
    const cited = new Set(citations.map(({ marker }) => marker));
    const others = sources.filter(({ marker, score }) => !cited.has(marker) && score > 0);
    expect(others.length).toBeGreaterThan(0);
    await page.getByText(`Also found: ${others.length} paper`).click();
    const titles = await page.locator(".further .card-title").allTextContents();
    expect(titles).toEqual(others.map(({ paper }) => paper.title));
    // Each with a sentence that is one of its passages', and how well it matches.
    const said = await page.locator(".further .card-text").allTextContents();
    for (const [at, { passages }] of others.entries()) {
      const text = said[at]!.replace(/…$/, "");
      expect(text.length).toBeGreaterThan(20);
      expect(passages.some((passage) => typeset(passage.text).includes(text))).toBe(true);
    }
    const scores = await page.locator(".further .score").allTextContents();
    expect(scores).toEqual(others.map(({ score }) => `Match:${score.toFixed(2)}`));
    await page.locator(".further .card").first().click();
    await page.locator(".source-panel h2", { hasText: titles[0]! }).waitFor();
  });

  it("stops an answer and keeps what was written", async () => {
    const { page } = suite;
    suite.served.assistant.pace = 800;
    await page.fill("#question", QUESTION);
    // The second click falls on what has become the button that stops.
    await page.locator(".send").dblclick();
    await page.waitForSelector(".prose p");
    // However busy the machine, the answer is not at its end before the click.
    suite.served.assistant.pace = 3000;
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator(".remarks", { hasText: "You stopped this answer." }).waitFor();
    expect(await suite.lastAnswer()).toMatchObject({ cut: true });
    expect((await suite.lastAnswer()).text).not.toBe("");
    await page.reload();
    await page.locator(".remarks", { hasText: "This answer was stopped before its end." }).waitFor();
  });

  describe("keeps its place", () => {
    const top = (selector: string) => suite.page.locator(selector).last().evaluate(fromTop);
    const below = () => suite.page.locator(".scroller").evaluate(hidden);

    it.each([
      { width: 1280, height: 800 },
      { width: 390, height: 700 },
    ])("a new question goes to the top of $width x $height, its answer grows below", async (viewport) => {
      const { page } = suite;
      await page.setViewportSize(viewport);
      // One that fits leaves nothing to scroll.
      await suite.answer("Hello!");
      expect(await below()).toBeLessThan(2);
      for (const question of [LIST, QUESTION, LIST]) {
        await suite.answer(question);
        await expect.poll(() => top(".turn")).toBeLessThan(10);
        expect(await top(".question h2")).toBeGreaterThanOrEqual(0);
        expect(await page.locator(".turn h2").last().textContent()).toBe(question);
      }
      // Longer than the window: its end is not followed, but one press away.
      expect(await below()).toBeGreaterThan(200);
      await page.getByRole("button", { name: "To the end" }).click();
      await expect.poll(below).toBeLessThan(2);
      // Another answer to it begins where its question is.
      await page.locator(".turn").last().getByRole("button", { name: "Answer again" }).click();
      await page.locator(".answer .versions", { hasText: "2 / 2" }).waitFor();
      await expect.poll(() => top(".turn")).toBeLessThan(10);
    });

    it("while the answer comes, and leaves a reader who scrolls alone", async () => {
      const { page } = suite;
      for (const question of [LIST, UNKNOWN]) await suite.answer(question);
      suite.served.assistant.pace = 60;
      await suite.ask(LIST);
      await page.locator(".turn").nth(2).locator(".prose li").nth(1).waitFor();
      expect(await top(".turn")).toBeLessThan(10);
      await page.mouse.move(700, 300);
      await page.mouse.wheel(0, -300);
      await expect.poll(() => top(".turn")).toBeGreaterThan(200);
      const there = await top(".turn");
      await page.locator(".answer > .actions").nth(2).waitFor();
      expect(Math.abs((await top(".turn")) - there)).toBeLessThan(2);
    });

    it("over a look at another page, and opens elsewhere at the last question", async () => {
      const { page } = suite;
      for (const question of [LIST, QUESTION, LIST, UNKNOWN]) await suite.answer(question);
      const second = page.locator(".turn").nth(1);
      await page.mouse.move(700, 300);
      await page.mouse.wheel(0, -700);
      await expect.poll(() => second.evaluate(fromTop)).toBeGreaterThan(-900);
      await page.waitForTimeout(300);
      const before = await second.evaluate(fromTop);
      await page.getByRole("link", { name: "Papers", exact: true }).click();
      await page.locator(".papers-list a").first().waitFor();
      await page.goBack();
      await expect.poll(() => second.evaluate(fromTop)).toBeGreaterThan(before - 2);
      expect(await second.evaluate(fromTop)).toBeLessThan(before + 2);
      await page.reload();
      await page.locator(".turn").nth(3).waitFor();
      await expect.poll(() => top(".turn")).toBeLessThan(10);
    });
  });

  it("shows of a long question its beginning, and the rest when it is asked for", async () => {
    const { page } = suite;
    const long = `How does NIRVANA speed up decoding, ${"and what of its memory and its quality, ".repeat(20)}?`;
    await suite.answer(long);
    const heading = page.locator(".question h2");
    expect(await heading.textContent()).toBe(long);
    const height = () => heading.evaluate(heightOf);
    const short = await height();
    expect(short).toBeLessThan(120);
    await page.getByRole("button", { name: "Show all of the question" }).click();
    expect(await height()).toBeGreaterThan(short * 2);
    await page.getByRole("button", { name: "Show less" }).click();
    expect(await height()).toBe(short);
    await suite.answer(QUESTION);
    expect(await page.locator(".question-more").count()).toBe(1);
  });

  it("shows what was found before the answer has its first word", async () => {
    const { page } = suite;
    suite.served.assistant.pace = 700;
    await suite.ask(QUESTION);
    const found = page.getByRole("list", { name: "Papers found" });
    await found.getByText("NIRVANA").first().waitFor();
    expect(await page.locator(".prose").count()).toBe(0);
    expect(await found.locator("li").count()).toBeGreaterThan(3);
    await found.getByRole("button").first().click();
    await page.locator(".source-panel .abstract").waitFor();
    suite.served.assistant.pace = 0;
    await page.getByRole("list", { name: "Papers cited" }).waitFor({ timeout: 20_000 });
    expect(await found.count()).toBe(0);
  });

  it("reads the answer to screen readers, in sentences and without marks", async () => {
    const { page } = suite;
    await page.evaluate(`
      window.heard = [];
      new MutationObserver(() => heard.push(document.getElementById("announcer").textContent))
        .observe(document.body, { subtree: true, characterData: true, childList: true })`);
    await suite.answer(QUESTION);
    const heard = async () => [...new Set(await page.evaluate<string[]>("heard"))].join(" ");
    await expect.poll(heard).toContain("while maintaining the same compression rate.");
    expect(await heard()).not.toMatch(/\[\d\]|\*\*/);
  });

  it("takes thumbs and a comment, and copies the answer with its references", async () => {
    const { page } = suite;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await suite.answer(QUESTION);
    await page.getByRole("button", { name: "Bad answer" }).click();
    await page.fill(".comment input", "too short");
    await page.keyboard.press("Enter");
    await page.locator(".notice", { hasText: "Thank you" }).waitFor();
    const { messageId, text, citations } = await suite.lastAnswer();
    const { feedback } = await suite.served.assistant.conversations.message("local", messageId);
    expect(feedback).toEqual({ rating: "down", comment: "too short" });
    await page.getByRole("button", { name: "Copy with references" }).click();
    await page.locator(".notice", { hasText: "Copied" }).waitFor();
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied.startsWith(`${text}\n\n- **[1]** ${citations[0]?.title}`)).toBe(true);
  });
});
