/** The command of the README that prints JSON, run as it stands there, by npm. Needs `npm run build`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { Answer } from "../../../src/protocol.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** The first use indexes a paper, and npm builds what is not built. */
const LONGEST_MS = 120_000;

it("prints one JSON value and nothing else", { timeout: LONGEST_MS }, () => {
  const command = /^(npm run .*) ask "…" --json /m.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
  const [program = "", ...words] = command.split(" ");
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, "seeds"));
  const paper = { title: "Walking Robots", abstract: "Our walker reaches 3.2 m/s. It needs no map." };
  writeFileSync(path.join(folder, "seeds", "papers.jsonl"), JSON.stringify(paper));
  const stdout = execFileSync(program, [...words, "ask", "How fast is the walker?", "--json"], {
    encoding: "utf8",
    env: {
      ...process.env,
      SEEDS_DIR: path.join(folder, "seeds"),
      VECTORSTORE_DIR: path.join(folder, "vectorstore"),
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: path.resolve("vectorstore/models"),
      READER_MODEL: "none",
      LLM: "extractive",
      // Which npm hands on to what it runs, and would tell it to be silent.
      npm_config_loglevel: "notice",
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(Answer.parse(JSON.parse(stdout)).text).not.toBe("");
});
