/** How much of `src` reads English by patterns: the phrase patterns by file, and the lines of code by room. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Node } from "typescript/unstable/ast";
import {
  isBinaryExpression,
  isCallExpression,
  isNoSubstitutionTemplateLiteral,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateExpression,
} from "typescript/unstable/ast/is";
import { API } from "typescript/unstable/sync";

/** What stands in a text only where it is the source of a pattern. */
const SYNTAX = /\\\\?[bsSdDwW](?![\p{L}])|\\\\?p\{|\(\?[:=!<]|\p{L}\|\p{L}/u;
/** Classes, escapes, names of scripts, flags and what is put in: no words of English. */
const NO_WORDS = /\[(?:\\.|[^\]])*\]|\\\\?p\{[^}]*\}|\\\\?[a-zA-Z]|\$\{[^}]*\}|\/[dgimsuvy]{0,8}$/giu;
/** Rooms and files that read codes, addresses and names of files, and nothing that people say. */
const NO_LANGUAGE =
  /^(?:cli|config|corpus|server|store|util|assistant\/backup|answer\/(?:references|export))\/|^(?:answer\/catalogue\/describe-record|question\/mentioned-ids)\.ts$/;
/** Words or alternatives from which a pattern reads a phrase. */
const FEWEST_WORDS = 2;
const SHORTEST_WORD = 2;
/** Lines of these rooms are added up. */
const READING = ["answer", "question", "retrieval"];

export function benchPatterns(): void {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const api = new API({ cwd: process.cwd() });
  try {
    const snapshot = api.updateSnapshot({ openProject: path.resolve("tsconfig.json") });
    const [project] = snapshot.getProjects();
    const counts = files.map((file) => {
      const source = project?.program.getSourceFile(path.resolve("src", file));
      if (source === undefined) throw new Error(`${file} is not part of tsconfig.json`);
      return { file, patterns: NO_LANGUAGE.test(file) ? [] : phrasePatterns(source, source.text) };
    });
    print(counts);
  } finally {
    api.close();
  }
}

function print(counts: readonly { file: string; patterns: readonly string[] }[]): void {
  const some = counts.filter(({ patterns }) => patterns.length > 0);
  some.sort((a, b) => b.patterns.length - a.patterns.length);
  for (const { file, patterns } of some) {
    console.log(`${String(patterns.length).padStart(4)}  ${file}`);
  }
  const all = some.reduce((sum, { patterns }) => sum + patterns.length, 0);
  console.log(`${String(all).padStart(4)}  patterns of English words, in ${some.length} files`);
  const lines = new Map<string, number>();
  for (const { file } of counts) {
    const room = file.split("/")[0] ?? file;
    const own = readFileSync(path.join("src", file), "utf8").split("\n").length - 1;
    lines.set(room, (lines.get(room) ?? 0) + own);
  }
  for (const room of READING) console.log(`${String(lines.get(room)).padStart(6)}  lines of ${room}`);
  const together = READING.reduce((sum, room) => sum + (lines.get(room) ?? 0), 0);
  console.log(`${String(together).padStart(6)}  lines of these together`);
}

/** A pattern that is put together of parts counts once for each part that has words of its own. */
function phrasePatterns(node: Node, text: string): string[] {
  const found: string[] = [];
  const visit = (at: Node): void => {
    const own = text.slice(at.pos, at.end).trim();
    if (isRegularExpressionLiteral(at)) return void (readsPhrase(own) && found.push(own));
    if (isText(at) || isJoined(at)) return void (SYNTAX.test(own) && readsPhrase(own) && found.push(own));
    if (isCallOfWords(at)) return void found.push(own);
    at.forEachChild(visit);
  };
  visit(node);
  return found;
}

const isText = (node: Node) =>
  isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node);

const isJoined = (node: Node): boolean =>
  isBinaryExpression(node) && [node.left, node.right].every((side) => isText(side) || isJoined(side));

/** `word("versus", "side by side")`, which makes a pattern of its words. */
function isCallOfWords(node: Node): boolean {
  if (!isCallExpression(node)) return false;
  return node.expression.getText() === "word" && node.arguments.length >= FEWEST_WORDS;
}

function readsPhrase(pattern: string): boolean {
  const words = pattern.replace(NO_WORDS, " ").match(/\p{L}+/gu) ?? [];
  return words.filter(({ length }) => length >= SHORTEST_WORD).length >= FEWEST_WORDS;
}
