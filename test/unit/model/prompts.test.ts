import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Prompts } from "../../../src/model/prompts.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";

function edited(file: string, edit: (text: string) => string): string {
  const folder = temporaryFolder();
  cpSync("prompts", folder, { recursive: true });
  const at = path.join(folder, file);
  writeFileSync(at, edit(readFileSync(at, "utf8")));
  return folder;
}

describe("Prompts", () => {
  it("fills every placeholder, and takes values as they are", async () => {
    const prompts = await Prompts.load();
    const values = { fence: "data-1", sources: "{{question}} $& $1", question: "Why?" };
    const messages = prompts.fill("answer", values);
    expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(messages[1]?.content).toBe(
      "<data-1 sources>\n{{question}} $& $1\n</data-1 sources>\n\n<data-1 question>\nWhy?\n</data-1 question>",
    );
    expect(messages[0]?.content).toContain('`<data-1 n="…">`');
  });

  it("names the file and the placeholder that is missing or unknown", async () => {
    const missing = edited("title.md", (text) => text.replaceAll("{{answer}}", ""));
    expect((await thrownBy(() => Prompts.load(missing))).message).toBe(
      "prompts/title.md lacks the placeholder {{answer}}: put it back",
    );
    const unknown = edited("answer.md", (text) => `${text}\n{{ sorces }}`);
    expect((await thrownBy(() => Prompts.load(unknown))).message).toBe(
      "prompts/answer.md has an unknown placeholder {{sorces}}: it takes {{fence}}, {{sources}}, {{question}}",
    );
  });

  it("names a file that is gone, or has no divider", async () => {
    const folder = edited("compare.md", (text) => text.replace(/^---$/m, ""));
    expect((await thrownBy(() => Prompts.load(folder))).message).toMatch(
      /^prompts\/compare\.md has 0 lines of "---"/,
    );
    rmSync(path.join(folder, "compare.md"));
    expect((await thrownBy(() => Prompts.load(folder))).message).toBe(
      "prompts/compare.md cannot be read: restore it from the release",
    );
  });

  it("are all listed, with their placeholders, in their README", () => {
    const readme = readFileSync("prompts/README.md", "utf8");
    for (const file of readdirSync("prompts").filter((name) => name !== "README.md")) {
      const [, row = ""] = new RegExp(`\\| \`${file}\` \\|[^|]*\\|([^|]*)\\|`).exec(readme) ?? [];
      const listed = [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name);
      const used = [...readFileSync(`prompts/${file}`, "utf8").matchAll(/\{\{(\w+)\}\}/g)].map(
        ([, name]) => name,
      );
      expect(new Set(listed)).toEqual(new Set(used));
    }
  });
});
