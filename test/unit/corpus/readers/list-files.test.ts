import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { listFiles } from "../../../../src/corpus/readers/list-files.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("listFiles", () => {
  it("lists a folder with all that is below it, by name, without dot files and documentation", async () => {
    const folder = temporaryFolder({
      "b.jsonl": "12",
      "a/z.jsonl": "",
      "a/.hidden.jsonl": "",
      ".git/config.jsonl": "",
      "c.txt": "",
      README: "",
      "README.txt": "",
      "readme.jsonl": "",
      "notes.md": "",
      "B.jsonl": "",
    });
    const { files, folders, problems } = await listFiles([folder]);
    expect(files.map((file) => path.relative(folder, file.path))).toEqual([
      "B.jsonl",
      "a/z.jsonl",
      "b.jsonl",
      "c.txt",
      "notes.md",
    ]);
    expect(files[2]?.bytes).toBe(2);
    expect(folders).toEqual([folder]);
    expect(problems).toEqual([]);
  });

  it("takes paths in the order given, each file once, and whatever is named outright", async () => {
    const folder = temporaryFolder({ "a.jsonl": "", "b.jsonl": "", "README.md": "" });
    const [a, b, readme] = ["a.jsonl", "b.jsonl", "README.md"].map((name) => path.join(folder, name));
    const { files, folders } = await listFiles([b!, folder, a!, readme!]);
    expect(files.map((file) => file.path)).toEqual([b, a, readme]);
    expect(folders).toEqual([folder]);
  });

  it("reports what is not there and goes on", async () => {
    const folder = temporaryFolder({ "a.jsonl": "" });
    const missing = path.join(folder, "missing");
    symlinkSync("nowhere", path.join(folder, "dangling.jsonl"));
    const { files, folders, problems } = await listFiles([missing, folder]);
    expect(files).toHaveLength(1);
    expect(folders).toEqual([folder]);
    expect(problems).toEqual([
      { path: missing, reason: "no such file or folder" },
      { path: path.join(folder, "dangling.jsonl"), reason: "no such file or folder" },
    ]);
  });

  it("follows links, but not in a circle", async () => {
    const folder = temporaryFolder({ "a/a.jsonl": "" });
    mkdirSync(path.join(folder, "b"));
    symlinkSync("../a/a.jsonl", path.join(folder, "b/linked.jsonl"));
    symlinkSync("..", path.join(folder, "b/up"));
    const { files } = await listFiles([folder]);
    expect(files.map((file) => path.relative(folder, file.path))).toEqual(["a/a.jsonl", "b/linked.jsonl"]);
  });

  it("does not follow links out of the folder, and says so", async () => {
    const folder = temporaryFolder({ "in/a.jsonl": "", "out/b.jsonl": "" });
    const inside = path.join(folder, "in");
    symlinkSync("../out/b.jsonl", path.join(inside, "b.jsonl"));
    symlinkSync(path.join(folder, "out"), path.join(inside, "all"));
    const { files, problems } = await listFiles([inside]);
    expect(files.map((file) => path.relative(inside, file.path))).toEqual(["a.jsonl"]);
    expect(problems.map((problem) => path.relative(inside, problem.path))).toEqual(["all", "b.jsonl"]);
    expect(problems[0]?.reason).toMatch(/^a link out of the folder/);
    // Named outright it is read.
    expect((await listFiles([path.join(inside, "b.jsonl")])).files).toHaveLength(1);
  });

  it("takes neither for files nor for folders what is none", async () => {
    const { files, problems } = await listFiles(["/dev/null"]);
    expect(files).toEqual([]);
    expect(problems).toEqual([{ path: "/dev/null", reason: "neither a file nor a folder" }]);
  });

  it("stops when asked", async () => {
    await expect(listFiles([temporaryFolder()], AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
