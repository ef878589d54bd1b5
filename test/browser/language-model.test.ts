/** Answers of a language model: their Markdown, their weak and missing support, and a model that fails. */
import { expect, it } from "vitest";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { FAULTS, says } from "../support/model-server/scenario.ts";
import { describePage } from "../support/page-suite.ts";
import { ServedPage } from "../support/served-page.ts";

const FACT = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const ANSWER = `## Speed

On an NVIDIA TITAN XP GPU, **CoreInfer** achieves a 10.33 times speedup over Hugging Face [1].

- It needs no MLP predictor [1].
- Bananas ripen faster in paper bags next to the window of a kitchen.

| model | cost |
| --- | --- |
| one | $5 and $10 |

Its cost is $O(n^2)$, and \`x[1]\` is code. ![no](https://evil.test/a.png) [no](javascript:alert(1)) <b onclick="alert(1)">bold</b>
`;

describePage("a language model", (suite) => {
  it("answers in Markdown, each claim with its note or marked, nothing of it run or loaded", async () => {
    const models = await openModelServer();
    models.scripts.answer = says(ANSWER, { gapMs: 2 });
    const served = await ServedPage.serve("dist/web", { variables: models.environment("openai") });
    const page = await served.open(suite.browser, suite.complaints);
    try {
      await served.assistant.start();
      await page.goto(served.url);
      await page.fill("#question", FACT);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".answer > .actions");
      await page.locator(".prose h2", { hasText: "Speed" }).waitFor();
      expect(await page.locator("button.chip").count()).toBe(2);
      await page.locator("button.chip").first().hover();
      await page.waitForSelector(".note-card mark");
      const lit = await page.locator("[data-claim][data-lit]").allTextContents();
      expect(lit.join("")).toMatch(/^On an NVIDIA TITAN XP GPU, CoreInfer achieves a 10\.33 times speedup/);
      expect(await page.locator(".unsupported").allTextContents()).toContainEqual(
        expect.stringContaining("Bananas ripen"),
      );
      await page.locator(".remarks", { hasText: "no source supports" }).waitFor();
      expect(await page.locator(".prose td").allTextContents()).toEqual(["one", "$5 and $10"]);
      await page.locator(".prose math msup").waitFor({ state: "attached" });
      expect(await page.locator(".prose img, .prose b, .prose a").count()).toBe(0);
      expect(await page.locator(".prose").textContent()).toContain("<b onclick=");
    } finally {
      await page.context().close();
      await served.close();
    }
  });

  it("says which model failed where the papers answer in its place", async () => {
    const models = await openModelServer();
    models.scripts.answer = FAULTS["server error"];
    const variables = { ...models.environment("openai"), LLM_TIMEOUT_MS: "1000" };
    const served = await ServedPage.serve("dist/web", { variables });
    const page = await served.open(suite.browser, suite.complaints);
    try {
      await served.assistant.start();
      await page.goto(served.url);
      await page.fill("#question", FACT);
      await page.keyboard.press("Enter");
      await page.locator(".remarks", { hasText: "openai:test-model did not answer" }).waitFor();
      await page.locator("button.chip").first().waitFor();
    } finally {
      await page.context().close();
      await served.close();
    }
  });
});
