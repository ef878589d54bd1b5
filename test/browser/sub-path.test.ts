/** The page where a reverse proxy shows it under a path, which it takes away or leaves. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { describePage, QUESTION } from "../support/page-suite.ts";
import { ReverseProxy } from "../support/reverse-proxy.ts";
import { ServedPage } from "../support/served-page.ts";

describePage("under a path", (suite) => {
  it.each([true, false])(
    "works as at the root, where the proxy takes the path away: %s",
    async (strips) => {
      const proxy = await ReverseProxy.start({ prefix: "/notes/footnote", strips });
      const served = await ServedPage.serve("dist/web", { proxy });
      const page = await served.open(suite.browser, suite.complaints);
      page.setDefaultTimeout(15_000);
      const path = () => decodeURIComponent(new URL(page.url()).pathname + new URL(page.url()).hash);
      try {
        await served.assistant.start();
        await page.goto(served.url);
        await page.fill("#question", QUESTION);
        await page.keyboard.press("Enter");
        await page.locator(".answer > .actions").waitFor();
        expect(path()).toMatch(/^\/notes\/footnote\/c\/[\w-]+$/);

        // The deep link, loaded again, with all that hangs on it.
        await page.reload();
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.getByRole("button", { name: "Copy a link to this answer" }).click();
        const link = await page.evaluate<string>("navigator.clipboard.readText()");
        expect(link).toMatch(new RegExp(`^${served.url}/c/[\\w-]+#[\\w-]+$`));
        await page.getByRole("button", { name: "Export" }).click();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "Conversation as Markdown" }).click(),
        ]);
        expect(readFileSync(await download.path(), "utf8")).toContain(QUESTION);
        await page.locator("button.chip").first().click();
        await page.locator(".abstract mark").first().waitFor();
        await page.keyboard.press("Escape");

        await page.getByRole("link", { name: "Papers" }).click();
        expect(path()).toBe("/notes/footnote/papers");
        await page.locator(".papers-list a").first().click();
        await page.locator(".paper-abstract").waitFor();
        expect(path()).toMatch(/^\/notes\/footnote\/papers\/./);
        await page.reload();
        await page.locator(".paper-abstract").waitFor();
        await page.getByRole("link", { name: "Map", exact: true }).click();
        await page.locator(".map-groups").waitFor({ timeout: 30_000 });
        expect(path()).toBe("/notes/footnote/map");
        await page.goBack();
        await page.locator(".paper-abstract").waitFor();
        await page.getByRole("link", { name: "Footnote" }).click();
        await page.getByRole("heading", { name: "Ask the papers" }).waitFor();
        expect(path()).toBe("/notes/footnote/");

        // Another window, straight on the link that was copied.
        await page.goto("about:blank");
        await page.goto(link);
        await page.locator(".answer[data-target]").waitFor();
        expect(proxy.strayed).toEqual([]);
        expect(new Set(proxy.upgraded)).toEqual(new Set(["/notes/footnote/ws"]));
      } finally {
        await page.context().close();
        await served.close();
      }
    },
    90_000,
  );

  it("is there for anyone who reaches the server without its proxy", async () => {
    const variables = { PUBLIC_URL: "https://example.org/footnote" };
    const served = await ServedPage.serve("dist/web", { variables });
    const page = await served.open(suite.browser, suite.complaints);
    try {
      await served.assistant.start();
      await page.goto(`${served.url}/papers`);
      await page.locator(".papers-list a").first().click();
      await page.locator(".paper-abstract").waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/footnote\/papers\/./);
      await page.goto(`${served.url}/`);
      await page.fill("#question", QUESTION);
      await page.keyboard.press("Enter");
      await page.locator(".answer > .actions").waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/footnote\/c\//);
    } finally {
      await page.context().close();
      await served.close();
    }
  });
});
