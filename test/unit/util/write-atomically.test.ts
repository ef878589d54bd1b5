import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { writeAtomically } from "../../../src/util/files.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

it("replaces a file and leaves nothing beside it", async () => {
  const file = path.join(temporaryFolder(), "a.json");
  await writeAtomically(file, "one");
  await writeAtomically(file, "two");
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(readdirSync(path.dirname(file))).toEqual(["a.json"]);
});

it("keeps the old content and cleans up when it fails", async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, "taken", "below"), { recursive: true });
  await expect(writeAtomically(path.join(folder, "taken"), "x")).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(["taken"]);
});
