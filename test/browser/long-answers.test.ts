/** Answers that are nested without end, endless or broken: the page stays, and shows them as the text that they are. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Citation, ConversationResponse } from "../../src/protocol.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { describePage, QUESTION } from "../support/page-suite.ts";
import { ServedPage } from "../support/served-page.ts";

const FACT = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const CLAIM =
  "On an NVIDIA TITAN XP GPU, **CoreInfer** achieves a 10.33 times speedup over Hugging Face [1].";
/** By what is nested. Each line of text in them is to be read. */
const NESTED: Record<string, string> = {
  lists: `${"- ".repeat(1000)}the end`,
  "lists, line by line": Array.from({ length: 150 }, (_, at) => `${"  ".repeat(at)}- item`).join("\n"),
  quotations: `${">".repeat(3000)} the end`,
  emphasis: `${"*a ".repeat(1000)}the end${" a*".repeat(1000)}`,
  "links and formulas": `${"[a](".repeat(700)} $${"{".repeat(900)}x${"}".repeat(900)}$ the end`,
};

const MEGABYTE = 1_000_000;
/** Texts that were stored, by what there is too much of. */
const STORED: Record<string, string> = {
  "text: ten megabytes":
    "The papers say that attention is a way to weigh words against each other.\n\n".repeat(135_000),
  "letters in a line": `First ${"x".repeat(MEGABYTE)}`,
  "levels of lists": `${"- ".repeat(3000)}a`,
  "columns of a table": `${"| a ".repeat(2000)}|\n${"|-".repeat(2000)}|\n${"|\n".repeat(200)}`,
  markers: "x [1] ".repeat(20_000),
  "paragraphs with markers": "It is said [1].\n\n".repeat(20_000),
  formulas: "It is $x^2$ and $y_1$.\n\n".repeat(3000),
};

/** Has the page read another conversation than the server has stored. */
async function change(page: Page, edit: (conversation: ConversationResponse) => unknown): Promise<void> {
  const { origin, pathname } = new URL(page.url());
  const stored = await fetch(`${origin}/api/conversations/${pathname.split("/").at(-1)}?limit=100`);
  const json = edit((await stored.json()) as ConversationResponse);
  await page.route(/\/api\/conversations\/[\w-]+(\?|$)/, (route) => route.fulfill({ json }));
}

/** What was drawn, and what can be done with the page. */
async function check(page: Page): Promise<void> {
  await page.locator(".answer > .actions").last().waitFor();
  await page.locator(".conversation a").first().waitFor();
  await page.fill("#question", "Is it alive?");
  expect(await page.inputValue("#question")).toBe("Is it alive?");
}

describePage("answers without end", (suite) => {
  it("are shown as text where they are nested too deeply, beside what is not", async () => {
    const models = await openModelServer();
    const tails = Object.entries(NESTED);
    models.scripts.answer = (_, nth) => says(`${CLAIM}\n\n${tails[nth]?.[1]}\n\nAnd **so** on.\n`);
    const served = await ServedPage.serve("dist/web", {
      variables: { ...models.environment("openai"), LLM_MAX_TOKENS: "60000" },
    });
    const page = await served.open(suite.browser, suite.complaints);
    try {
      await served.assistant.start();
      for (const [name, tail] of tails) {
        await page.goto(served.url);
        await page.fill("#question", FACT);
        await page.keyboard.press("Enter");
        await check(page);
        await page.reload();
        await check(page);
        await page.locator(".plain-remark", { hasText: "nested too deeply" }).waitFor();
        const plain = await page.locator(".prose .plain").allTextContents();
        expect(plain.join("").replaceAll("\n", ""), name).toBe(tail.replaceAll("\n", ""));
        expect(await page.locator(".prose strong").allTextContents()).toEqual(["CoreInfer", "so"]);
        await page.locator("button.chip").first().hover();
        await page.waitForSelector(".note-card mark");
        const lit = await page.locator("[data-claim][data-lit]").allTextContents();
        expect(lit.join(""), name).toMatch(/^On an NVIDIA TITAN XP GPU, CoreInfer achieves a 10\.33/);
      }
    } finally {
      await page.context().close();
      await served.close();
    }
  }, 120_000);

  it("are shown in part where they are too long, and the page can be used", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    const address = page.url();
    for (const [name, text] of Object.entries(STORED)) {
      await page.unrouteAll();
      await change(page, (stored) => {
        const answer = stored.messages.at(-1)!.answer!;
        const citation = answer.citations[0] as Citation;
        const claims = [...text.matchAll(/\[1\]/g)].map(({ index }, at) => ({
          ...citation,
          id: `n${at}`,
          marker: 1,
          claim: { start: Math.max(0, index - 5), end: index },
        }));
        Object.assign(answer, { text, citations: claims, unsupported: [] });
        return stored;
      });
      await page.goto("about:blank");
      await page.goto(address);
      await check(page);
      const [prose = ""] = await page.locator(".prose").allTextContents();
      // A formula is drawn sooner or later.
      expect(
        prose.startsWith(text.slice(0, 10).replace(/[[\]\n$].*/, "")),
        `${name}: ${prose.slice(0, 50)}`,
      ).toBe(true);
      const more = page.getByRole("button", { name: "Show more" });
      if (text.length <= 100_000) {
        expect(await more.count(), name).toBe(0);
        continue;
      }
      await more.click();
      await expect
        .poll(async () => (await page.locator(".prose").textContent())?.length, { timeout: 60_000 })
        .toBeGreaterThan(prose.length);
    }
  }, 240_000);

  it("that are broken take nothing with them", async () => {
    const { page } = suite;
    await suite.answer(QUESTION);
    await suite.answer("What are massive activations?");
    await change(page, (stored) => {
      Object.assign(stored.messages[1]!.answer!, { text: "Broken **here**.", citations: null });
      return stored;
    });
    await page.reload();
    await check(page);
    const [broken, whole] = [page.locator(".answer").first(), page.locator(".answer").last()];
    expect(await broken.locator(".plain").textContent()).toBe("Broken **here**.");
    await broken.locator(".plain-remark", { hasText: "shown as plain text" }).waitFor();
    await whole.locator("button.chip").first().waitFor();
    expect(await whole.locator(".plain").count()).toBe(0);
    expect(suite.complaints.splice(0).join()).toContain("TypeError");
  });
});

describePage("views that fail", (suite) => {
  it("leave the way elsewhere on a phone", async () => {
    const { page } = suite;
    await page.setViewportSize({ width: 390, height: 800 });
    await page.route("**/papers-view-*.js", (route) => route.abort());
    await page.goto(`${suite.url}/papers`);
    await page.locator(".problem", { hasText: "This page cannot be shown" }).waitFor();
    await page.getByRole("button", { name: "Conversations" }).click();
    await page.getByRole("link", { name: "Map", exact: true }).click();
    await page.locator(".map-page").waitFor();
    expect(suite.complaints.splice(0).join()).toContain("papers-view");
  });

  it("leave the rest of the page, and are gone with the next", async () => {
    const { page } = suite;
    page.setDefaultTimeout(10_000);
    const answer = { status: 200, contentType: "application/json" };
    await page.route("**/api/map", (route) =>
      route.fulfill({ ...answer, body: '{"papers":[["a",0,0,0,"A title"]],"groups":null}' }),
    );
    await page.route("**/papers-view-*.js", (route) => route.abort());
    for (const name of ["Map", "Papers"]) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.locator(".problem", { hasText: "This page cannot be shown" }).waitFor();
      await page.locator(".brand-name").waitFor();
    }
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".papers-list a").first().waitFor();
    await page.getByRole("button", { name: "New conversation" }).first().click();
    await suite.answer(QUESTION);

    await page.route(/\/api\/papers\/[^/]+$/, (route) =>
      route.fulfill({ ...answer, body: '{"paper":{"id":3}}' }),
    );
    await page.locator("button.chip").first().click();
    await page.locator(".source-panel .problem").waitFor();
    await page.getByRole("button", { name: "Close the source" }).click();
    expect(await page.locator(".source-panel").count()).toBe(0);
    await page.locator(".answer button.chip").first().waitFor();
    expect(suite.complaints.splice(0).join()).toContain("TypeError");
  });
});
