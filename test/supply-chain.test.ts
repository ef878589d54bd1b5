/** What an install brings and runs, told by the files that decide it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
}

const packageFile = JSON.parse(readFileSync("package.json", "utf8"));
const lock: Lock = JSON.parse(readFileSync("package-lock.json", "utf8"));

describe("an install", () => {
  it("runs no script of a package: npm 10 is told by .npmrc, npm 11 by name too", () => {
    expect(readFileSync(".npmrc", "utf8").split("\n")).toContain("ignore-scripts=true");
    const withScript = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = new Set(withScript.map(([folder]) => folder.split("node_modules/").at(-1)));
    for (const [name, allowed] of Object.entries(packageFile.allowScripts)) {
      expect([name, allowed]).toEqual([name, false]);
      names.delete(name);
    }
    expect([...names]).toEqual([]);
  });

  it("leaves every command whole that is run without scripts: none has a part before or after it", () => {
    const names = Object.keys(packageFile.scripts);
    expect(names).toContain("start");
    for (const name of names) {
      const [, main = ""] = /^(?:pre|post)(.+)$/.exec(name) ?? [];
      expect(names, name).not.toContain(main);
    }
    expect(names).not.toContain("prepare");
  });

  it("gets CI's second Node by the one script that may run, and CI makes sure of it", () => {
    const ci = readFileSync(".ci/run", "utf8");
    expect(ci.match(/npm exec/g)).toHaveLength(1);
    expect(ci).toContain("npm exec --yes --ignore-scripts=false --package=node@22 -- node");
    expect(ci).toContain("[[ $(node22 --version) == v22.* ]] || {");
  });
});
