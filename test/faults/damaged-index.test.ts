import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import { asOrdinaryUser, canBeRefused } from "../support/as-ordinary-user.ts";
import { Child } from "../support/child.ts";
import { generatedPapers } from "../support/generated-papers.ts";
import { answerTo, testConfig } from "../support/open-assistant.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

vi.setConfig({ testTimeout: 120_000 });

/** An index of twenty papers in SEEDS_DIR and one of a file that is not there any more. */
const whole = mkdtempSync(path.join(tmpdir(), "footnote-whole-"));
afterAll(() => rmSync(whole, { recursive: true }));
beforeAll(async () => {
  const more = path.join(whole, "more.jsonl");
  writePapers(`${whole}/seeds/few.jsonl`, generatedPapers(20));
  writePapers(more, generatedPapers(1, 100));
  const assistant = createAssistant(testConfig(whole));
  await assistant.start();
  await assistant.ingest({ paths: [more] });
  await assistant.close();
  rmSync(more);
});

function copy(): string {
  const folder = temporaryFolder();
  cpSync(whole, folder, { recursive: true });
  return folder;
}

function fileOf(folder: string, name: string): string {
  if (name === "manifest.json") return path.join(folder, "vectorstore", name);
  const index = path.join(folder, "vectorstore", "index");
  return path.join(index, readdirSync(index)[0] ?? "", name);
}

/** Flips the lowest bit at a share of the file. */
function flip(file: string, share: number): void {
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length * share);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** What is damaged is no matter of the reader, which every start would load. */
const UNREAD = { READER_MODEL: "none" };
const OTHER_QUESTION = "What accuracy does the sampler Zeta100 reach on dialogues?";

/** What a start and two questions give. */
async function outcome(folder: string) {
  const told: string[] = [];
  const onBackgroundError = (error: unknown) => void told.push(String(error));
  const assistant = createAssistant(testConfig(folder, UNREAD), { onBackgroundError });
  try {
    await assistant.start();
    const seed = await answerTo(assistant, "What accuracy does the walker Zeta8 reach on proteins?");
    const other = await answerTo(assistant, OTHER_QUESTION);
    return {
      seed: seed.text,
      other: other.text,
      papers: (await assistant.papers.list({ limit: 1 })).total,
      told,
    };
  } finally {
    await assistant.close();
  }
}

const SEED = "of 8.5 points";
const OTHER = "of 100.5 points";

describe("a damaged index", () => {
  const damages: [string, (file: string) => void][] = [
    ["cut in half", (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
    ["emptied", (file) => writeFileSync(file, "")],
    ["gone", (file) => rmSync(file)],
    ["changed by one bit near its start", (file) => flip(file, 0.05)],
    ["changed by one bit in its middle", (file) => flip(file, 0.5)],
  ];
  const rebuilt = ["manifest.json", "index.pb", "lexical.bin"].flatMap((name) =>
    damages
      // Without a manifest nothing was ever indexed: what is not named is not there.
      .filter(([how]) => !(name === "manifest.json" && how === "gone"))
      .map(([how, damage]) => ({ name, how, damage })),
  );

  it.each(rebuilt)("whose $name is $how is rebuilt, with every paper", async ({ name, damage }) => {
    const folder = copy();
    damage(fileOf(folder, name));
    const first = await outcome(folder);
    expect(first.seed).toContain(SEED);
    expect(first.other).toContain(OTHER);
    expect(first.papers).toBe(21);
    expect(first.told).toEqual([expect.stringContaining(name)]);
    // No loop: the next start finds nothing to fix.
    expect((await outcome(folder)).told).toEqual([]);
  });

  it.each(damages)(
    "whose papers are %s keeps those that are unharmed, and quotes none that is not",
    async (_, damage) => {
      const folder = copy();
      damage(fileOf(folder, "papers.jsonl"));
      const first = await outcome(folder);
      expect(first.seed).toContain(SEED);
      expect([20, 21]).toContain(first.papers);
      if (first.papers === 21) expect(first.other).toContain(OTHER);
      expect(first.told[0]).toContain("papers.jsonl");
      expect((await outcome(folder)).told).toEqual([]);
    },
  );

  it("does not quote a paper that one flipped bit has changed", async () => {
    const folder = copy();
    const file = fileOf(folder, "papers.jsonl");
    // 100.5 becomes 101.5: still JSON, still a paper, and wrong.
    writeFileSync(file, readFileSync(file, "utf8").replace("100.5 points", "101.5 points"));
    const { other, papers } = await outcome(folder);
    expect(other).not.toContain("101.5");
    expect(papers).toBe(20);
  });

  it.runIf(canBeRefused)(
    "that may not be read now is not taken for damaged: nothing of it is given up",
    async () => {
      const folder = copy();
      const papers = fileOf(folder, "papers.jsonl");
      const before = readFileSync(papers);
      const user = asOrdinaryUser(folder);
      chmodSync(papers, 0);
      const refused = new Child(folder, ["ask", "What do walkers reach?"], { within: user });
      expect(await refused.ended).toBe(1);
      expect(refused.stderr).toBe(`footnote: ${papers} cannot be read: no permission to read it\n`);
      chmodSync(papers, 0o600);
      expect(readFileSync(papers).equals(before)).toBe(true);
      const allowed = new Child(folder, ["ask", OTHER_QUESTION], { within: user });
      expect(await allowed.ended, allowed.stderr).toBe(0);
      expect(allowed.stdout).toContain(OTHER);
    },
  );

  it("is rebuilt by serve, which says which file it was, once", async () => {
    const folder = copy();
    truncateSync(fileOf(folder, "index.pb"), 1000);
    const server = new Child(folder, ["serve"]);
    await server.ready();
    expect(server.stderr).toMatch(/^footnote: .*index\.pb is damaged, it has 1000 bytes of \d+/m);
    await server.kill();
    const again = new Child(folder, ["serve"]);
    await again.ready();
    expect(again.stderr).not.toContain("damaged");
  });
});
