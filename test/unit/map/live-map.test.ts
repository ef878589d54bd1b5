import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Assistant } from "../../../src/assistant.ts";
import type { MapResponse } from "../../../src/protocol.ts";
import { eventually } from "../../support/eventually.ts";
import { generatedPapers } from "../../support/generated-papers.ts";
import { openAssistant, testConfig } from "../../support/open-assistant.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrown } from "../../support/thrown.ts";
import { writePapers } from "../../support/write-papers.ts";

/** Anyone who draws the map gives way to all others. */
const PATIENCE_MS = 60_000;

function corpus(papers: number): string {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/a.jsonl`, generatedPapers(papers));
  return folder;
}

/** The file beside the one generation. */
function mapFile(folder: string): string {
  const index = path.join(folder, "vectorstore/index");
  return path.join(index, readdirSync(index)[0] ?? "", "map.json.gz");
}

/** The map as soon as it is drawn, of `papers` papers. */
async function drawn(assistant: Assistant, papers: number): Promise<MapResponse> {
  const look = () => {
    try {
      return assistant.map();
    } catch (error) {
      expect(error).toMatchObject({ code: "indexing" });
      return undefined;
    }
  };
  await eventually(() => look()?.papers.length, PATIENCE_MS).toBe(papers);
  return assistant.map();
}

describe("the map of the live index", { timeout: 3 * PATIENCE_MS }, () => {
  it("is drawn in the background, kept beside the generation, and read from there the next time", async () => {
    const folder = corpus(40);
    const first = openAssistant(testConfig(folder));
    expect(thrown(() => first.map())).toMatchObject({ code: "indexing" });
    await first.start();
    expect(existsSync(mapFile(folder))).toBe(false);
    expect(thrown(() => first.map())).toMatchObject({ code: "indexing", retryAfter: 1 });
    const map = await drawn(first, 40);
    const { papers } = await first.papers.list({ limit: 100 });
    expect(map.papers.map(([id, , , , title]) => ({ id, title }))).toEqual(
      papers.map(({ id, title }) => ({ id, title })),
    );
    expect(map.groups.reduce((sum, group) => sum + group.papers, 0)).toBe(40);
    expect(first.map()).toBe(map);
    await eventually(() => existsSync(mapFile(folder)), PATIENCE_MS).toBe(true);
    const kept = readFileSync(mapFile(folder));
    const second = openAssistant(testConfig(folder));
    await second.start();
    expect(await drawn(second, 40)).toEqual(map);
    expect(readFileSync(mapFile(folder))).toEqual(kept);
  });

  it("is redrawn when its file is broken, which damages nothing else", async () => {
    const folder = corpus(8);
    const first = openAssistant(testConfig(folder));
    await first.start({ follow: true });
    await eventually(() => existsSync(mapFile(folder)), PATIENCE_MS).toBe(true);
    const map = first.map();
    const whole = readFileSync(mapFile(folder));
    writeFileSync(mapFile(folder), whole.subarray(0, whole.length - 9));
    const second = openAssistant(testConfig(folder));
    await second.start();
    expect(await drawn(second, 8)).toEqual(map);
    await eventually(() => readFileSync(mapFile(folder)).equals(whole)).toBe(true);
  });

  it("follows the index: the previous map until the new one is ready", async () => {
    const folder = corpus(8);
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    await drawn(assistant, 8);
    writePapers(`${folder}/seeds/b.jsonl`, generatedPapers(4, 8));
    await assistant.ingest({});
    const old = assistant.map();
    expect(old.papers).toHaveLength(8);
    expect(old.drawing).toBe(true);
    expect(await drawn(assistant, 12)).not.toHaveProperty("drawing");
    await eventually(() => existsSync(mapFile(folder)), PATIENCE_MS).toBe(true);
  });

  it("is given up when the assistant closes", async () => {
    const folder = corpus(40);
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    expect(thrown(() => assistant.map())).toMatchObject({ code: "indexing" });
    await assistant.close();
    expect(existsSync(mapFile(folder))).toBe(false);
  });
});
