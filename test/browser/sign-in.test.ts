/** The page on a server that asks for a key. */
import { expect, it } from "vitest";
import { describePage, QUESTION } from "../support/page-suite.ts";

const ALICE = "alices-key-0123456789";
const BOB = "bobs-key-0123456789";

describePage(
  "signing in",
  (suite) => {
    const signIn = async (key: string) => {
      await suite.page.locator("#sign-in").waitFor();
      await suite.page.fill("#key", key);
      await suite.page.keyboard.press("Enter");
    };
    const signOut = (owner: string) => suite.page.getByRole("button", { name: `Sign out ${owner}` });

    it("asks for the key in place of everything else, says when it is wrong, and then answers", async () => {
      const { page } = suite;
      await page.locator("#sign-in").waitFor();
      expect(await page.locator("#question, .conversation, .suggestions").count()).toBe(0);
      expect(await page.evaluate("document.activeElement.id")).toBe("key");
      expect(await page.locator("#sign-in-problem").textContent()).toBe("");
      await signIn("not-a-key-0123456789");
      await page.locator("#sign-in-problem", { hasText: "Unknown API key" }).waitFor();
      await signIn(ALICE);
      await suite.answer(QUESTION);
      expect((await suite.served.assistant.conversations.list("alice", { limit: 10 })).total).toBe(1);
      expect((await suite.served.assistant.conversations.list("bob", { limit: 10 })).total).toBe(0);
    });

    it("keeps the key while the tab is open, and forgets it and all that was asked at signing out", async () => {
      const { page } = suite;
      await signIn(ALICE);
      await signOut("alice").waitFor();
      await page.reload();
      await signOut("alice").waitFor();
      expect(await page.content()).not.toContain(ALICE);
      expect(await page.evaluate("document.cookie + JSON.stringify(localStorage)")).not.toContain(ALICE);
      await suite.answer(QUESTION);
      await signOut("alice").click();
      await page.locator("#sign-in").waitFor();
      expect(await page.evaluate("JSON.stringify(sessionStorage)")).toBe("{}");
      await signIn(BOB);
      await signOut("bob").waitFor();
      await page.waitForSelector(".none");
      expect(await page.locator(".turn, .conversation").count()).toBe(0);
    });
  },
  { variables: { API_KEYS: `alice:${ALICE},bob:${BOB}` } },
);
