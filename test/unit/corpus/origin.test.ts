import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileOfOrigin, originOfFile, sourceOfOrigin } from "../../../src/corpus/origin.ts";

describe("origins", () => {
  const seeds = path.resolve("/srv/seeds");

  it.each([
    ["/srv/seeds/a.jsonl", "seeds:a.jsonl", "a.jsonl"],
    ["/srv/seeds/sub/a b.jsonl", "seeds:sub/a b.jsonl", "sub/a b.jsonl"],
    ["/srv/seeds-2/a.jsonl", "file:/srv/seeds-2/a.jsonl", "a.jsonl"],
    ["/home/me/private/a.jsonl", "file:/home/me/private/a.jsonl", "a.jsonl"],
    ["/srv/seeds/..a.jsonl", "seeds:..a.jsonl", "..a.jsonl"],
  ])("of %s is %s, shown as %s", (file, origin, source) => {
    expect(originOfFile(file, seeds)).toBe(origin);
    expect(fileOfOrigin(origin, seeds)).toBe(file);
    expect(sourceOfOrigin(origin)).toBe(source);
  });
});
