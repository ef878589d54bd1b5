import { describe, expect, it } from "vitest";
import { PaperCatalog } from "../../../src/corpus/catalog.ts";
import { idOfKey, type StoredPaper, toPaper } from "../../../src/corpus/paper.ts";

function stored(title: string, ...keys: [string, ...string[]]): StoredPaper {
  return { paper: toPaper({ title, abstract: "A" }, idOfKey(keys[0]), "s"), keys, origins: ["seeds:s"] };
}

describe("PaperCatalog", () => {
  const first = stored("First", "title:first", "doi:10.1/x");
  const second = stored("Second", "arxiv:1608.03189", "title:second");
  const catalog = new PaperCatalog([first, second]);

  it("holds the papers in their order", () => {
    expect(catalog.size).toBe(2);
    expect(catalog.all()).toEqual([first.paper, second.paper]);
    expect(catalog.stored()).toEqual([first, second]);
  });

  it("finds a paper by its id and by the id of any other of its keys", () => {
    expect(catalog.get(idOfKey("title:first"))).toBe(first.paper);
    expect(catalog.get(idOfKey("doi:10.1/x"))).toBe(first.paper);
    expect(catalog.get(idOfKey("title:second"))).toBe(second.paper);
    expect(catalog.get(idOfKey("title:third"))).toBeUndefined();
    expect(catalog.get("__proto__")).toBeUndefined();
  });

  it("finds a stored paper by any identity key", () => {
    expect(catalog.byKey("doi:10.1/x")).toBe(first);
    expect(catalog.byKey("arxiv:1608.03189")).toBe(second);
    expect(catalog.byKey("title:third")).toBeUndefined();
  });
});
