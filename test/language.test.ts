/** The words of the house: what a native speaker would not write stays out of comments, documents, messages and pages. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** What is not written, and what is written instead. */
const INSTEAD: ReadonlyArray<[unwanted: RegExp, wanted: string]> = [
  [/\bat the most\b(?! once| one\b)/i, "at most"],
  [/\bat the least\b/i, "at least"],
  [/\banew\b/i, "again; rebuilt, redrawn"],
  [/\bmends?\b/i, "fix"],
  [/\bmended\b/i, "fixed"],
  [/\bmending\b/i, "fixing"],
  [/\btold of\b/i, "called with, reported"],
  [/\btells of\b/i, "reports, names, shows"],
  [/\bwhoever\b/i, "anyone who"],
  [/\bchat programs?\b/i, "chat app"],
  [/\brobbed\b(?= by|\(|\.)/i, "lost the lock"],
  [/\bIPv6 clothes\b/i, "IPv4-mapped"],
  [/\bhands that settle\b/i, "resolve and reject"],
  [/\bA hand that\b/i, "an AbortController that"],
  [/\bof whom it is known\b/i, "authenticated"],
  [/\bAs whom somebody\b/i, "whose … a caller may"],
  [/\bis none of the API's\b/i, "outside the API"],
  [/\btold to come again\b/i, "rejected by a limit"],
  [/\bmay well come on its own\b/i, "may open its own connection"],
  [/\bno problem of the contract\b/i, "has no error body"],
  [/\bgo on on\b/i, "keep running on"],
  [/\bis to be a\b/i, "must be a"],
  [/\basks for a key, and none\b/i, "API key required"],
  [/\bdoes not know the key\b/i, "unknown API key"],
  [/\bgives no unit vectors\b/i, "does not return unit vectors"],
  [/\bputs? its files (?:there|in)\b/i, "reinstall the model"],
  [/\bcut before its first word\b/i, "before it began"],
  [/\bno paper to ask\b/i, "no papers match"],
  [/\bagainst the papers' own words\b/i, "in the abstracts"],
  [/\bthe map before until\b/i, "the previous map until"],
  [/patient-?chat-?model/i, "retrying chat model"],
  [/\blimited-?stream/i, "timed stream"],
  [/watched-?fetch/i, "observed fetch"],
  [/thought-?filter/i, "reasoning filter"],
  [/kept-?json/i, "cached JSON"],
  [/\bfair-?line\b/i, "fair queue"],
];

/** Not `prompts`: they are measured with the models that read them. */
const ROOTS = ["src", "web", "test", ".github", "README.md", ".env.example", "Dockerfile", "compose.yaml"];

function filesBelow(place: string): string[] {
  const entries = readdirSync(place, { withFileTypes: true }).filter(
    ({ name }) => name !== "language.test.ts",
  );
  return entries.flatMap((entry) => {
    const name = path.join(place, entry.name);
    if (entry.isDirectory()) return filesBelow(name);
    return /\.(?:tsx?|mjs|md|css|html|yaml)$/.test(name) ? [name] : [];
  });
}

/** One line, without what begins the lines of a comment: a phrase may go over the end of one. */
function asOneLine(text: string): string {
  return text.replace(/\s*\n[\t ]*(?:\*(?!\/)|\/\/|#|>|\|)*\s*/g, " ");
}

it("are those of a native speaker", () => {
  const files = ROOTS.flatMap((root) =>
    /^(?:src|web|test|\.github)$/.test(root) ? filesBelow(root) : [root],
  );
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) => {
    const text = asOneLine(readFileSync(file, "utf8"));
    return INSTEAD.flatMap(([unwanted, wanted]) => {
      const [word] = unwanted.exec(text) ?? [];
      return word === undefined ? [] : [`${file}: “${word}”, better “${wanted}”`];
    });
  });
  expect(found).toEqual([]);
});

it("are found over the end of a line of a comment", () => {
  expect(asOneLine("/**\n * two at the\n * most */")).toContain("at the most");
  expect(asOneLine("// told\n  // of each")).toContain("told of");
  expect(INSTEAD.every(([unwanted, wanted]) => !unwanted.test(wanted))).toBe(true);
});
