import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { SeedsWatch } from "../../../src/assistant/ingest/seeds-watch.ts";
import { eventually } from "../../support/eventually.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function watched(onChange: () => Promise<unknown>) {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "first.jsonl"), "{}");
  const errors: unknown[] = [];
  const watch = new SeedsWatch({ folder, onChange, onError: (error) => errors.push(error), everyMs: 20 });
  onTestFinished(async () => {
    await watch.stop();
    expect(errors).toEqual([]);
  });
  await watch.start();
  return (name: string, text?: string) => {
    const file = path.join(folder, name);
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
  };
}

it("reports each change once it has come to rest, and never what was there", async () => {
  let told = 0;
  const write = await watched(async () => ++told);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(told).toBe(0);
  write("second.jsonl", "{}");
  await eventually(() => told).toBe(1);
  write("second.jsonl", "{ }");
  await eventually(() => told).toBe(2);
  write("second.jsonl");
  await eventually(() => told).toBe(3);
});

it("notices what changes while it is ingested", async () => {
  let told = 0;
  let end = () => {};
  const write = await watched(() => {
    told++;
    return new Promise<void>((resolve) => (end = resolve));
  });
  write("second.jsonl", "{}");
  await eventually(() => told).toBe(1);
  write("third.jsonl", "{}");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(told).toBe(1);
  end();
  await eventually(() => told).toBe(2);
  end();
});
