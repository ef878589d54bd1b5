/** Papers added on the page, on the real server. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { Addition } from "../../src/protocol.ts";
import { axeFindings } from "../support/axe-findings.ts";
import { generatedPapers } from "../support/generated-papers.ts";
import { describePage, type PageSuite } from "../support/page-suite.ts";
import { ALICE, BOB } from "../support/two-owners.ts";
import { writePapers } from "../support/write-papers.ts";

const paper = (bird: string, more = "") => ({
  title: `A study of the ${bird}`,
  abstract: `We study the ${bird} in the north. We find that the ${bird} sings at dawn, and seldom at noon.${more}`,
});
const line = (bird: string, more = "") => `${JSON.stringify(paper(bird, more))}\n`;

/** Papers that take seconds. */
const MANY = 3000;
const folder = mkdtempSync(path.join(tmpdir(), "footnote-add-"));
const seeds = path.join(folder, "seeds");
writePapers(
  path.join(seeds, "birds.jsonl"),
  ["wren", "heron", "rook"].map((bird) => paper(bird)),
);

/** Drops files and folders of this machine on the page, as a person does with the mouse. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    const data = { items: [], files, dragOperationsMask: 1 };
    await session.send("Input.dispatchDragEvent", { type, x: 600, y: 400, data });
  }
  await session.detach();
}

/** The browser itself reports a call that failed. */
function expectFailedCalls({ complaints }: PageSuite): void {
  expect(complaints.filter((text) => !text.startsWith("Failed to load resource"))).toEqual([]);
  complaints.length = 0;
}

/** Drops files that the page itself makes. */
async function dropMade(page: Page, files: Record<string, string>): Promise<void> {
  const made = JSON.stringify(files);
  await page.evaluate(`{
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(${made})) dataTransfer.items.add(new File([text], name));
    document.querySelector(".add-drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }`);
}

const panel = (page: Page) => page.locator(".add-panel");
const counts = (page: Page) => page.locator(".add-counts");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const open = async ({ page, url }: PageSuite) => {
  await page.goto(`${url}/papers`);
  await page.getByRole("link", { name: "Add papers" }).click();
  await page.getByText("Drop files or folders").waitFor();
};
const settled = async (page: Page, title: string) =>
  page.getByRole("heading", { name: title }).waitFor({ timeout: 60_000 });

describePage(
  "adding papers",
  (suite) => {
    it("takes a folder that is dropped, shows what would change, adds, answers, and takes back", async () => {
      const { page, url } = suite;
      const birds = path.join(folder, "birds");
      mkdirSync(path.join(birds, "more/deep"), { recursive: true });
      writeFileSync(path.join(birds, "README.md"), "# Birds");
      writeFileSync(
        path.join(birds, "new.jsonl"),
        `${line("bittern")}no record\n${line("wren", " It hides.")}`,
      );
      writeFileSync(path.join(birds, "more/deep/other.jsonl"), line("dunnock") + line("heron"));
      await page.goto(`${url}/map`);
      await page.locator(".map-head p", { hasText: "3 papers" }).waitFor();
      await open(suite);
      await drop(page, birds);
      await settled(page, "This would change");
      expect(await counts(page).textContent()).toBe("2 new, 1 changed, 1 already here, 1 could not be used");
      const said = await panel(page).textContent();
      expect(said).toContain("birds/new.jsonl, line 2: ");
      expect(said).toContain("birds/README.md");
      expect(await page.locator(".add-list li").allTextContents()).toEqual(
        expect.arrayContaining([
          "A study of the bittern",
          "A study of the dunnock",
          "A study of the wren changed",
        ]),
      );
      expect(page.url()).toMatch(/\/add\/[\w-]+$/);

      await press(page, "Add them");
      await settled(page, "The papers are here");
      expect(await counts(page).textContent()).toBe(
        "2 added, 1 changed, 1 already here, 1 could not be used",
      );
      await page.getByRole("link", { name: "See the papers" }).click();
      await page.locator(".papers-count", { hasText: "5 papers" }).waitFor();
      await page.getByRole("link", { name: "Map" }).click();
      await page.locator(".map-head p", { hasText: "5 papers" }).waitFor();
      await page.goBack();
      await page.getByRole("link", { name: "A study of the bittern" }).click();
      await page.getByRole("button", { name: "Ask about this paper" }).click();
      const turn = await suite.answer("When does the bittern sing?");
      expect(await turn.textContent()).toContain("the bittern sings at dawn");

      await page.goto(`${url}/add`);
      await page.locator(".add-lately a").first().click();
      await press(page, "Undo");
      await settled(page, "Taken back");
      await page.getByRole("link", { name: "All papers" }).click();
      await page.locator(".papers-count", { hasText: "3 papers" }).waitFor();
    });

    it("names each file that could not be sent, and sends it again", async () => {
      const { page } = suite;
      await open(suite);
      await page.route("**/files?name=lost*", (route) => route.abort());
      await dropMade(page, {
        "large.jsonl": "x".repeat(5 * 1024 * 1024),
        "owl.jsonl": line("owl"),
        "lost.jsonl": line("crane"),
        "after.jsonl": line("stork"),
      });
      await settled(page, "This would change");
      const unsent = page.locator(".add-unsent");
      expect(await unsent.locator("li").allTextContents()).toEqual([
        expect.stringMatching(/^large\.jsonl: The files are larger than 4 MB together/),
        expect.stringMatching(/^lost\.jsonl: The server cannot be reached/),
        expect.stringMatching(/^after\.jsonl: The server cannot be reached/),
      ]);
      expect(await counts(page).textContent()).toBe("1 new");
      await page.unroute("**/files?name=lost*");
      await press(page, "Send again");
      await expect.poll(() => counts(page).textContent()).toBe("3 new");
      expect(await unsent.locator("li").allTextContents()).toEqual([expect.stringMatching(/^large/)]);
      await press(page, "Cancel");
      await settled(page, "Cancelled: nothing was added");
      expectFailedCalls(suite);
    });

    it("takes what is pasted, by keyboard, and keeps the focus where the work goes on", async () => {
      const { page } = suite;
      await open(suite);
      await page.getByLabel("Or paste references").fill(`${line("rail")}rubbish`);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await settled(page, "This would change");
      expect(await panel(page).textContent()).toMatch(/pasted\.txt, line 2: ./);
      await page.getByRole("button", { name: "Add them" }).focus();
      await page.keyboard.press("Enter");
      await settled(page, "The papers are here");
      expect(await page.evaluate("document.activeElement.closest('.add-panel') !== null")).toBe(true);
      expect(await page.locator(".add-body [role=status]").textContent()).toBe(
        "Done: 1 added, 1 could not be used.",
      );
      await page.goBack();
      await page.getByRole("link", { name: "A study of the rail" }).waitFor();
    });

    it("takes files that are chosen", async () => {
      const { page } = suite;
      await open(suite);
      const choose = page.getByRole("button", { name: "Choose files" });
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), choose.press("Enter")]);
      await chooser.setFiles({ name: "no.jsonl", mimeType: "", buffer: Buffer.from("nothing") });
      await settled(page, "This did not work");
      expect(await panel(page).textContent()).toContain("no.jsonl");
      await page
        .locator("input[type=file]")
        .first()
        .setInputFiles({
          name: "gull.json",
          mimeType: "application/json",
          buffer: Buffer.from(line("gull")),
        });
      await settled(page, "This would change");
      await press(page, "Cancel");
    });

    it("comes back to what it was, when it is loaded again in the middle of sending, and of ingesting", async () => {
      const { page } = suite;
      await open(suite);
      await page.route("**/files?name=slow*", () => undefined);
      const many = generatedPapers(MANY).map((one) => `${JSON.stringify(one)}\n`);
      await dropMade(page, { "many.jsonl": many.join(""), "slow.jsonl": line("owl") });
      await page.getByText("Sending 2 of 2").waitFor();
      const id = new URL(page.url()).pathname.split("/").at(-1);
      const arrived = async () =>
        Addition.parse(await (await fetch(`${suite.url}/api/ingest/${id}`)).json()).files.map(
          ({ name }) => name,
        );
      await expect.poll(arrived, { timeout: 60_000 }).toEqual(["many.jsonl"]);
      await page.reload();
      const shown = async () => `${page.url()}: ${(await page.locator("main").textContent())?.slice(0, 600)}`;
      await settled(page, "1 file sent").catch(async () => expect.unreachable(await shown()));
      expect(await page.locator(".add-unsent").textContent()).toContain(
        "slow.jsonl: The page was loaded again",
      );
      await press(page, "Show what would change");
      await settled(page, "This would change");
      await press(page, "Add them");
      await settled(page, "Making the papers findable");
      await page.getByText(/ of [\d,]+ papers/).waitFor();
      await page.reload();
      await page.locator(".add-progress").waitFor();
      await settled(page, "The papers are here");
      expect(await counts(page).textContent()).toBe(`${MANY.toLocaleString("en")} added`);
      await press(page, "Undo");
      await settled(page, "Taken back");
    });

    it("is cancelled while it is ingested", async () => {
      const { page } = suite;
      await open(suite);
      const many = generatedPapers(MANY).map((one) => `${JSON.stringify(one)}\n`);
      await dropMade(page, { "many.jsonl": many.join("") });
      await settled(page, "This would change");
      await press(page, "Add them");
      await settled(page, "Making the papers findable");
      await press(page, "Cancel");
      await settled(page, "Cancelled: nothing was added");
      await page.getByRole("link", { name: "Add more papers" }).click();
      await page.locator(".add-lately li", { hasText: "Cancelled" }).first().waitFor();
      expect((await suite.served.assistant.papers.list({ limit: 1 })).total).toBeLessThan(MANY);
    });

    it("removes a paper for good, once that is confirmed", async () => {
      const { page, url } = suite;
      await page.goto(`${url}/papers`);
      await page.getByRole("link", { name: "A study of the rook" }).click();
      await press(page, "Remove from the corpus");
      await press(page, "Keep it");
      await press(page, "Remove from the corpus");
      expect(await axeFindings(page)).toEqual([]);
      await press(page, "Remove");
      await page.getByText("The paper was removed.").waitFor();
      await page.getByRole("link", { name: "A study of the heron" }).waitFor();
      await expect.poll(() => page.getByRole("link", { name: "A study of the rook" }).count()).toBe(0);
    });

    it.each([
      ["light", 390],
      ["dark", 1024],
      ["light", 1440],
      ["dark", 390],
    ] as const)("has nothing for axe in %s at %i px, and no line too long", async (colorScheme, width) => {
      const { page, url } = suite;
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const check = async () => {
        expect(await axeFindings(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      };
      await page.goto(`${url}/add`);
      await page.getByText("Drop files or folders").waitFor();
      await check();
      const long = `${"long".repeat(30)}.jsonl`;
      const many = generatedPapers(9).map((one) => `${JSON.stringify(one)}\n`);
      const large = "x".repeat(5 * 1024 * 1024);
      await dropMade(page, { "large.jsonl": large, [long]: `${many.join("")}rubbish\n`, ".hidden": "x" });
      await settled(page, "This would change");
      await check();
      await press(page, "Add them");
      await settled(page, "The papers are here");
      await check();
      await press(page, "Undo");
      await settled(page, "Taken back");
      expectFailedCalls(suite);
    });
  },
  { seeds, variables: { INGEST_UPLOAD_MB: "4" } },
);

describePage(
  "adding papers without the key of an admin",
  (suite) => {
    it("says calmly who may, and shows nothing that would not work", async () => {
      const { page, url } = suite;
      await page.fill("#key", BOB);
      await page.keyboard.press("Enter");
      await page.locator("#question").waitFor();
      await page.goto(`${url}/add`);
      await page.getByText("Papers are added by admins").waitFor();
      expect(await page.locator(".add-body, .add-lately, [role=alert]").count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole("link", { name: "All papers" }).click();
      await page.getByRole("link", { name: "A study of the wren" }).click();
      await page.locator(".paper-abstract").waitFor();
      expect(await page.getByRole("button", { name: "Remove from the corpus" }).count()).toBe(0);
    });
  },
  { seeds, variables: { API_KEYS: `alice:${ALICE}:admin,bob:${BOB}` } },
);
