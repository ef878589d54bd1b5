/** `.env`: what it sets, and a line for each thing in it that is not read as it looks. */
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { AppError } from "../errors.ts";
import { isMisspelt } from "../util/is-misspelt.ts";

interface EnvFile {
  readonly variables: Readonly<Record<string, string>>;
  /** Name lines by number, and never hold a value or what may be one. */
  readonly warnings: readonly string[];
}

/** Warnings that are told one by one: a file that is no `.env` at all would fill the screen. */
const MOST_WARNINGS = 20;
const NAME = /^[A-Za-z_][\w.-]*$/;
/** What no editor shows at the ends of a name: white space of any kind, byte order marks, joiners, control characters. */
const UNSEEN = "[\\s\\p{Cf}\\p{Cc}]";
const UNSEEN_ENDS = new RegExp(`^${UNSEEN}+|${UNSEEN}+$`, "gu");
/** Those beside what may well stand there. */
const ODD = /[^ \t]/gu;

/**
 * Reads `file`, in which `known` are the variables that mean something here. A file that is not there sets nothing.
 * @throws AppError (config) for a file that is no UTF-8 text
 */
export function readEnvFile(file: string, known: ReadonlySet<string>): EnvFile {
  if (!existsSync(file)) return { variables: {}, warnings: [] };
  const bytes = readFileSync(file);
  if (/^(fffe|feff)/.test(bytes.toString("hex", 0, 2)) || bytes.includes(0)) {
    throw new AppError("config", `${file} is not UTF-8 text, but UTF-16 or binary: save it as UTF-8`);
  }
  // A decoder takes off the byte order mark, which would be part of the first name.
  const lines = new TextDecoder().decode(bytes).split(/\r\n?|\n/);
  const reading = new EnvReading(lines, known);
  return { variables: reading.variables, warnings: reading.told().map((warning) => `${file}, ${warning}`) };
}

/**
 * Cuts the lines into assignments and leaves their values to Node, one by one: by itself Node makes a line without "="
 * part of the next one's name, and stops at one without a name.
 */
class EnvReading {
  readonly variables: Record<string, string> = {};
  readonly #lines: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #setIn = new Map<string, number>();
  readonly #warnings: string[] = [];

  constructor(lines: readonly string[], known: ReadonlySet<string>) {
    this.#lines = lines;
    this.#known = known;
    for (let at = 0; at < lines.length; ) at = this.#take(at);
  }

  told(): readonly string[] {
    const more = this.#warnings.length - MOST_WARNINGS;
    if (more <= 0) return this.#warnings;
    return [...this.#warnings.slice(0, MOST_WARNINGS), `and ${more} more warnings: is it the right file?`];
  }

  /** @returns where the next assignment may begin */
  #take(at: number): number {
    const line = (this.#lines[at] ?? "").replace(UNSEEN_ENDS, "");
    if (line === "" || line.startsWith("#")) return at + 1;
    if (line.includes("\ufffd")) this.#warn(at, "is not UTF-8: save the file as UTF-8");
    const equals = (this.#lines[at] ?? "").indexOf("=");
    if (equals === -1) return this.#skip(at, 'has no "=" and is not read');
    const name = this.#nameIn(at, equals);
    if (!NAME.test(name)) {
      const form = "A-Z, 0-9 and _, not beginning with a figure";
      return this.#skip(at, `has no name of a variable before "=" (${form}) and is not read`);
    }
    const before = this.#setIn.get(name);
    if (before !== undefined) this.#warn(at, `sets ${name} again: line ${before} no longer counts`);
    this.#setIn.set(name, at + 1);
    const end = this.#endOfValue(at, equals);
    const value = [this.#lines[at]?.slice(equals + 1), ...this.#lines.slice(at + 1, end)].join("\n");
    this.variables[name] = parseEnv(`${name}=${value}`)[name] ?? "";
    return end;
  }

  #nameIn(at: number, equals: number): string {
    const written = (this.#lines[at] ?? "").slice(0, equals).replace(/^[ \t]*export[ \t]+/, "");
    const name = written.replace(UNSEEN_ENDS, "").replace(/^export\s+/, "");
    const ends = [...written.matchAll(UNSEEN_ENDS)].join("").match(ODD);
    if (ends !== null && NAME.test(name)) {
      const points = [...new Set(ends)].map(codePoint).join(", ");
      this.#warn(at, `has invisible characters (${points}) around ${name}, read without them: take them out`);
    }
    return name;
  }

  /** Past the last line of the value: a quote may close in a later line, but over no other variable of ours. */
  #endOfValue(at: number, equals: number): number {
    const value = (this.#lines[at] ?? "").slice(equals + 1).trimStart();
    const quote = /^["'`]/.exec(value)?.[0];
    if (quote === undefined) return at + 1;
    let rest: string | undefined = value.slice(1);
    for (let line = at; rest !== undefined; rest = this.#lines[++line]) {
      if (line > at && this.#sets(rest)) break;
      const close = rest.indexOf(quote);
      if (close === -1) continue;
      if (!/^\s*(#|$)/.test(rest.slice(close + 1)))
        this.#warn(line, `has more after the closing ${quote}, which is not read`);
      return line + 1;
    }
    return this.#skip(at, `opens a ${quote} that does not close`);
  }

  #sets(line: string): boolean {
    const [name = "", value] = line.split("=", 2);
    return value !== undefined && this.#known.has(name.replace(UNSEEN_ENDS, "").replace(/^export\s+/, ""));
  }

  #skip(at: number, fact: string): number {
    this.#warn(at, fact);
    return at + 1;
  }

  #warn(at: number, fact: string): void {
    this.#warnings.push(`line ${at + 1} ${fact}`);
  }
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * A warning for each variable that is set and looks like one of ours which is not.
 * @param given without those that are empty
 */
export function misspeltVariables(
  given: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): readonly string[] {
  return Object.keys(given).flatMap((name) => {
    if (known.has(name)) return [];
    const spelt = name.toUpperCase().replaceAll(/[-.]/g, "_");
    const meant = [...known].find((each) => given[each] === undefined && isMisspelt(spelt, each));
    return meant === undefined ? [] : [`${name} is set and means nothing here: is ${meant} meant?`];
  });
}
