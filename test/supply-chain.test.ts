/** What an install brings and runs, told by the files that decide it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly hasInstallScript?: boolean; readonly license?: string; readonly version?: string }
    >
  >;
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

describe("the table of SECURITY.md", () => {
  const security = readFileSync(".github/SECURITY.md", "utf8");
  const rows = [...security.matchAll(/^\| `([^`]+)` \| (.+) \| (.+) \| (.+) \| (.*)\|$/gm)];

  it("has a row for each dependency, each with what it is for and the licence that it was installed with", () => {
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(packageFile.dependencies));
    for (const [, name = "", purpose = "", licence] of rows) {
      expect(purpose.length, name).toBeGreaterThan(3);
      expect([name, licence]).toEqual([name, lock.packages[`node_modules/${name}`]?.license]);
    }
  });

  it("says why where the newest release is not the one that is used", () => {
    for (const [, name = "", , , newest = "", why = ""] of rows) {
      expect(newest, name).toMatch(/^\d+\.\d+\.\d+, 20\d\d/);
      if (newest.split(",")[0] !== packageFile.dependencies[name]) expect(why.trim(), name).not.toBe("");
    }
  });

  it("names the ONNX runtime that is installed", () => {
    const { version = "" } = lock.packages["node_modules/onnxruntime-node"] ?? {};
    expect(security).toContain(`pins \`onnxruntime-node\` ${version.split(".").slice(0, 2).join(".")},`);
  });

  it("is true where it says that versions are pinned, and come from the registry with their digests", () => {
    const pinned = { ...packageFile.dependencies, ...packageFile.devDependencies };
    for (const [name, version] of Object.entries(pinned)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    const text = readFileSync("package-lock.json", "utf8");
    expect(text).not.toMatch(/"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/);
    const unsigned = Object.entries(JSON.parse(text).packages).filter(
      ([folder, entry]) => folder !== "" && !("integrity" in (entry as object)),
    );
    expect(unsigned.map(([folder]) => folder)).toEqual([]);
  });
});
