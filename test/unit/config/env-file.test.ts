import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { readEnvFile } from "../../../src/config/env-file.ts";
import { loadConfig, VARIABLES } from "../../../src/config.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrown } from "../../support/thrown.ts";

/** A folder with this `.env`. */
function folderWith(content: string | Buffer): string {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, ".env"), content);
  return folder;
}

function read(content: string | Buffer) {
  const file = path.join(folderWith(content), ".env");
  const { variables, warnings } = readEnvFile(file, VARIABLES);
  return { variables, warnings: warnings.map((warning) => warning.replace(`${file}, `, "")) };
}

const KEYS = "alice:0123456789abcdef";

describe("readEnvFile", () => {
  it("sets nothing without a file", () => {
    const file = path.join(temporaryFolder(), ".env");
    expect(readEnvFile(file, VARIABLES)).toEqual({ variables: {}, warnings: [] });
  });

  it.each([
    ["plain", "A=1\nB=2\n"],
    ["comments, blank lines and spaces", "# a=b\n\n  A = 1 # one\nB='2 # two' # three\n\t# end"],
    ["quotes of every kind", 'A="it\'s"\nB=\'"\'\nC=`"\'`\nD=x"y\nE=\n'],
    ["export", "export A=1\n  export B=2\n"],
    ["values over several lines", 'A="one\ntwo=2\nthree"\nB=`\n`\nC=3'],
    ["escaped line ends", 'A="one\\ntwo"'],
    ["names that are not ours", "some.name-x=1\n_y=2"],
  ])("reads what Node reads: %s", (_, text) => {
    expect(read(text)).toEqual({ variables: { ...parseEnv(text) }, warnings: [] });
  });

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("reads the first variable behind a byte order mark, with %s", (_, end) => {
    const bytes = Buffer.from(`\ufeffAPI_KEYS=${KEYS}${end}PORT=4402${end}`);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(read(bytes)).toEqual({ variables: { API_KEYS: KEYS, PORT: "4402" }, warnings: [] });
  });

  it.each([
    ["UTF-16 with a mark", Buffer.from("\ufeffAPI_KEYS=x", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\ufeffAPI_KEYS=x", "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from("API_KEYS=x", "utf16le")],
  ])("refuses %s by name", (_, bytes) => {
    const folder = folderWith(bytes);
    expect(thrown(() => loadConfig({}, folder)).message).toBe(
      `${folder}/.env is not UTF-8 text, but UTF-16 or binary: save it as UTF-8`,
    );
  });

  it.each([
    ["no equals sign", "secret-word", 'has no "=" and is not read'],
    ["YAML", "PORT: 1", 'has no "=" and is not read'],
    ["a name with a space", "SECRET WORD=1", "has no name of a variable"],
    ["no name", "=secret", "has no name of a variable"],
    ["a figure first", "1A=secret", "has no name of a variable"],
    ["an invisible character inside", "LOG\u200b_LEVEL=secret", "has no name of a variable"],
    ["an open quote", 'LLM="secret', 'opens a " that does not close'],
    ["an open quote that another line would close", "LLM='secret\nSEEDS_DIR='x'\nA=\"b", "opens a ' that"],
  ])("names the line with %s, never what it holds, and reads the next", (_, line, fact) => {
    const { variables, warnings } = read(`\n# why\n${line}\nAPI_KEYS=${KEYS}\n`);
    expect(warnings[0]).toMatch(/^line 3 /);
    expect(warnings[0]).toContain(fact);
    expect(warnings.join()).not.toMatch(/secret/i);
    expect(variables.API_KEYS).toBe(KEYS);
  });

  it.each([
    ["\u200b", "U+200B"],
    ["\u00a0", "U+00A0"],
    ["\ufeff", "U+FEFF"],
    ["\u202e\u2060", "U+202E, U+2060"],
  ])("reads a name without the invisible characters around it, and says so", (character, points) => {
    for (const name of [`${character}API_KEYS`, `API_KEYS${character}`, `export ${character}API_KEYS`]) {
      expect(read(`PORT=1\n${name}=${KEYS}\nHOST=h`)).toEqual({
        variables: { PORT: "1", API_KEYS: KEYS, HOST: "h" },
        warnings: [
          `line 2 has invisible characters (${points}) around API_KEYS, read without them: take them out`,
        ],
      });
    }
  });

  it("says when a later line takes a variable back, and when something follows a value", () => {
    const { variables, warnings } = read(`API_KEYS="${KEYS}","bob:0123456789abcdef"\n\nAPI_KEYS=\n`);
    expect(variables.API_KEYS).toBe("");
    expect(warnings).toEqual([
      'line 1 has more after the closing ", which is not read',
      "line 3 sets API_KEYS again: line 1 no longer counts",
    ]);
  });

  it("names lines in another encoding, but for comments", () => {
    const { variables, warnings } = read(Buffer.from("# für\nDATA_DIR=./f\u00fcr\nPORT=1", "latin1"));
    expect(warnings).toEqual(["line 2 is not UTF-8: save the file as UTF-8"]);
    expect(variables.PORT).toBe("1");
  });

  it("does not fill the screen", () => {
    const { warnings } = read("word\n".repeat(500));
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)).toBe("and 480 more warnings: is it the right file?");
  });
});

describe("Config.warnings", () => {
  const warnings = (variables: Record<string, string>, content = "") =>
    loadConfig(variables, folderWith(content)).warnings;

  it("names variables that are ours but for a slip, from .env and from outside", () => {
    expect(
      warnings({ PATH: "/bin", SLACK_BOT_TOKN: "x", rate_limit_per_minute: "1" }, "API_KEY=secret"),
    ).toEqual([
      "API_KEY is set and means nothing here: is API_KEYS meant?",
      "SLACK_BOT_TOKN is set and means nothing here: is SLACK_BOT_TOKEN meant?",
      "rate_limit_per_minute is set and means nothing here: is RATE_LIMIT_PER_MINUTE meant?",
    ]);
  });

  it("is empty for what others set, for what is empty, and where ours is set too", () => {
    const others = { HOSTNAME: "h", GROQ_API_KEY: "k", XDG_DATA_DIRS: "/usr", LLM_MODEL: "m", PORTS: "1" };
    expect(warnings({ ...others, API_KEY: "" })).toEqual([]);
    expect(warnings({ API_KEY: "x", API_KEYS: KEYS })).toEqual([]);
  });
});
