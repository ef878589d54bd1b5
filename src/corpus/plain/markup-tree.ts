import { decodeEntities } from "./entities.ts";

/** An element of XML or HTML; its name is without a prefix (`mml:msub` is `msub`). */
export interface MarkupElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: MarkupNode[];
}
export type MarkupNode = string | MarkupElement;

export interface MarkupRules {
  /** What is no tag is text: of formulas and code. @param prefix as it is written, "" for none */
  readonly isTag?: (name: string, prefix: string) => boolean;
  /** Names are folded to lower case, and elements without content need no end: HTML. */
  readonly html?: boolean;
}

/** Elements in one another; what is deeper is put beside its parent. */
const MOST_DEPTH = 200;
const EMPTY = new Set(["br", "hr", "img", "wbr", "col", "input", "meta", "link"]);
const NAME = /^\/?(?:([A-Za-z_][\w.-]{0,60}):)?([A-Za-z_][\w.-]{0,60})(?=[\s/>]|$)/;
const ATTRIBUTE = /([\w:.-]{1,60})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g;

/**
 * The tree of a text with tags. Entities are decoded once, and no declaration defines others; comments, declarations
 * and instructions are left out. Linear in the text, whatever is in it.
 * @returns the nodes, and the first thing that is not well formed, if any
 */
export function markupTree(text: string, rules: MarkupRules = {}): { nodes: MarkupNode[]; fault?: string } {
  const tree = new TreeBuilder();
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("<", at);
    if (open < 0) break;
    tree.text(decodeEntities(text.slice(at, open)));
    at = tree.skipped(text, open) ?? readTag(text, open, tree, rules);
  }
  tree.text(decodeEntities(text.slice(at)));
  return tree.end();
}

/** Reads the tag at `open`, or takes its `<` for text. @returns where to read on */
function readTag(text: string, open: number, tree: TreeBuilder, rules: MarkupRules): number {
  const end = tagEnd(text, open + 1);
  const source = end === undefined ? "" : text.slice(open + 1, end);
  const [, prefix = "", given = ""] = NAME.exec(source) ?? [];
  const name = rules.html ? given.toLowerCase() : given;
  if (end === undefined || name === "" || rules.isTag?.(name, prefix) === false) {
    tree.text("<");
    return open + 1;
  }
  if (source.startsWith("/")) tree.close(name);
  else tree.open(name, source, source.endsWith("/") || (rules.html === true && EMPTY.has(name)));
  return end + 1;
}

/** The `>` that ends a tag, outside of quotes; a `<` in it says that it is none. */
function tagEnd(text: string, from: number): number | undefined {
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "<") return undefined;
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === ">") return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return undefined;
}

class TreeBuilder {
  readonly #nodes: MarkupNode[] = [];
  readonly #open: MarkupElement[] = [];
  #fault: string | undefined;
  /** Where no further end of a kind is to be found. */
  readonly #without = new Set<string>();

  text(text: string): void {
    if (text !== "") this.#children().push(text);
  }

  open(name: string, source: string, isEmpty: boolean): void {
    const attributes = Object.fromEntries(
      [...source.matchAll(ATTRIBUTE)].map(([, key = "", double, single]) => [
        key.slice(key.indexOf(":") + 1),
        decodeEntities(double ?? single ?? ""),
      ]),
    );
    const element: MarkupElement = { name, attributes, children: [] };
    this.#children().push(element);
    if (!isEmpty && this.#open.length < MOST_DEPTH) this.#open.push(element);
    else if (!isEmpty) this.#fault ??= `elements are nested deeper than ${MOST_DEPTH}`;
  }

  close(name: string): void {
    const at = this.#open.findLastIndex((element) => element.name === name);
    const innermost = this.#open.at(-1)?.name;
    if (innermost !== name) this.#fault ??= `</${name}> stands where ${innermost ?? "nothing"} is open`;
    if (at >= 0) this.#open.length = at;
  }

  /** Where to read on behind a comment, a declaration or an instruction at `open`. */
  skipped(text: string, open: number): number | undefined {
    if (text.startsWith("<!--", open)) return this.#past(text, open + 4, "-->");
    if (text.startsWith("<![CDATA[", open)) {
      const end = this.#past(text, open + 9, "]]>");
      if (end !== undefined) this.text(text.slice(open + 9, end - 3));
      return end;
    }
    if (text.startsWith("<?", open)) return this.#past(text, open + 2, "?>");
    if (!/^<![A-Za-z]/.test(text.slice(open, open + 3))) return undefined;
    const close = text.indexOf(">", open);
    const subset = text.indexOf("[", open);
    const hasSubset = subset >= 0 && subset < close && text.startsWith("<!DOCTYPE", open);
    return hasSubset ? this.#past(text, subset, "]>") : this.#past(text, open, ">");
  }

  end(): { nodes: MarkupNode[]; fault?: string } {
    const last = this.#open.at(-1);
    if (last !== undefined) this.#fault ??= `<${last.name}> is not closed`;
    return { nodes: this.#nodes, ...(this.#fault === undefined ? {} : { fault: this.#fault }) };
  }

  /** Each end is looked for in vain once only. */
  #past(text: string, from: number, end: string): number | undefined {
    if (this.#without.has(end)) return undefined;
    const at = text.indexOf(end, from);
    if (at >= 0) return at + end.length;
    this.#without.add(end);
    return undefined;
  }

  #children(): MarkupNode[] {
    return this.#open.at(-1)?.children ?? this.#nodes;
  }
}
