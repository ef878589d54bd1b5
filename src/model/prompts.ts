/** The prompts of `prompts/`, loaded and checked once. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import type { ChatMessage } from "./chat-model.ts";

/** The top of the project lies as far above this file in src as in dist. */
const FOLDER = fileURLToPath(new URL("../../prompts/", import.meta.url));

const PLACEHOLDERS = {
  answer: ["fence", "sources", "question"],
  compare: ["fence", "sources", "question"],
  summarize: ["fence", "sources", "question"],
  "condense-question": ["fence", "history", "question"],
  title: ["fence", "question", "answer"],
} as const;

export type PromptName = keyof typeof PLACEHOLDERS;
export type Values<Name extends PromptName> = Readonly<Record<(typeof PLACEHOLDERS)[Name][number], string>>;

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
/** The line between what the model is told about its work and the request. */
const DIVIDER = /^---\s*$/m;

export class Prompts {
  readonly #texts: ReadonlyMap<PromptName, string>;

  /** @throws AppError (config) naming file and placeholder, or the file that cannot be read */
  static async load(folder: string = FOLDER): Promise<Prompts> {
    const names = Object.keys(PLACEHOLDERS) as PromptName[];
    return new Prompts(
      new Map(await Promise.all(names.map(async (name) => [name, await read(folder, name)] as const))),
    );
  }

  private constructor(texts: ReadonlyMap<PromptName, string>) {
    this.#texts = texts;
  }

  /** The messages, with every placeholder replaced; a value that looks like a placeholder stays as it is. */
  fill<Name extends PromptName>(name: Name, values: Values<Name>): ChatMessage[] {
    const given: Readonly<Record<string, string>> = values;
    const [system = "", request = ""] = (this.#texts.get(name) ?? "")
      .split(DIVIDER)
      .map((part) => part.trim().replace(PLACEHOLDER, (_, key: string) => given[key] ?? ""));
    return [
      { role: "system", content: system },
      { role: "user", content: request },
    ];
  }
}

async function read(folder: string, name: PromptName): Promise<string> {
  const file = path.join(folder, `${name}.md`);
  const shown = `prompts/${name}.md`;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new AppError("config", `${shown} cannot be read: restore it from the release`, { cause });
  }
  check(text, shown, PLACEHOLDERS[name]);
  return text;
}

function check(text: string, shown: string, wanted: readonly string[]): void {
  const parts = text.split(DIVIDER);
  if (parts.length !== 2) {
    throw new AppError(
      "config",
      `${shown} has ${parts.length - 1} lines of "---": one parts instruction and request`,
    );
  }
  const found = new Set([...text.matchAll(PLACEHOLDER)].map(([, key = ""]) => key));
  for (const key of wanted) {
    if (!found.has(key))
      throw new AppError("config", `${shown} lacks the placeholder {{${key}}}: put it back`);
  }
  for (const key of found) {
    if (!wanted.includes(key)) {
      const known = wanted.map((name) => `{{${name}}}`).join(", ");
      throw new AppError("config", `${shown} has an unknown placeholder {{${key}}}: it takes ${known}`);
    }
  }
}
