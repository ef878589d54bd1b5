/** HTML, JATS and MathML as plain text: paragraphs stay apart, MoS<sub>2</sub> is MoS₂, entities are characters. */
import { type MarkupElement, type MarkupNode, type MarkupRules, markupTree } from "./markup-tree.ts";
import { mathText, scriptText } from "./math-text.ts";

const set = (names: string): ReadonlySet<string> => new Set(names.split(" "));
const PARAGRAPHS = set(
  "p div sec section li list-item ul ol list dl dd dt blockquote disp-quote disp-formula table tr caption fig " +
    "table-wrap abstract AbstractText article title h1 h2 h3 h4 h5 h6 label-title def-list boxed-text header footer",
);
const HEADINGS = set("title h1 h2 h3 h4 h5 h6");
/** What they hold is no part of the text. */
const SILENT = set(
  "script style head object-id xref-bibr tex-math annotation graphic inline-graphic svg iframe noscript",
);
const HTML = set(
  "p div span br hr b i u em strong small big sub sup font tt code pre a h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead " +
    "tbody tr td th blockquote q cite abbr img script style iframe svg center strike del ins wbr mark section article " +
    "header footer html body head title math",
);
const JATS = set(
  "sec italic bold sc list list-item disp-quote disp-formula inline-formula alternatives tex-math xref ext-link " +
    "named-content styled-content underline overline monospace roman sans-serif inline-graphic fn email uri break title " +
    "abstract abstracttext strike",
);
const MATH =
  /^m(?:ath|i|n|o|row|sub|sup|subsup|frac|sqrt|root|text|space|over|under|underover|fenced|style|table|tr|td|padded|phantom|error|enclose|multiscripts|prescripts|none|s)$|^semantics$|^annotation(?:-xml)?$/;
const PREFIXES = /^(?:jats|mml|m|xhtml|html|xlink|ns\d*)$/i;
/** Short names are tags only where they are closed as well: else they are tokens or symbols. */
const SHORT = 2;
const MARKUP = /<\/?[A-Za-z!]|&(?:#|[A-Za-z])/;
/** Tags that were escaped along with the text. */
const ESCAPED = /<(?:p|i|b|em|sub|sup|jats:p|jats:title|mml:math|italic|h[1-6])>/i;

/** A text that may hold tags and entities, without them. What is no tag that is known stays as it is. */
export function markupText(text: string): string {
  if (!MARKUP.test(text)) return text;
  const once = fragmentText(text);
  return once !== text && /&lt;/.test(text) && ESCAPED.test(once) ? fragmentText(once) : once;
}

function fragmentText(text: string): string {
  const lower = text.toLowerCase();
  const closed = new Map<string, boolean>();
  const isClosed = (name: string, prefix: string): boolean => {
    const end = `</${prefix === "" ? "" : `${prefix.toLowerCase()}:`}${name}>`;
    const known = closed.get(end) ?? lower.includes(end);
    closed.set(end, known);
    return known;
  };
  const isTag: MarkupRules["isTag"] = (name, prefix) => {
    if (prefix !== "") return PREFIXES.test(prefix);
    if (!(HTML.has(name) || JATS.has(name) || MATH.test(name))) return false;
    return name.length > SHORT || name === "p" || name === "br" || name === "hr" || isClosed(name, prefix);
  };
  const { nodes } = markupTree(text, { html: true, isTag });
  return nodesText(nodes, !hasParagraphs(nodes));
}

/** @param keepLines line ends stay as they are; else only paragraphs make them */
export function nodesText(nodes: readonly MarkupNode[], keepLines = false): string {
  const written = new TextWriter(keepLines);
  write(nodes, written);
  return written.text();
}

const hasParagraphs = (nodes: readonly MarkupNode[]): boolean =>
  nodes.some(
    (node) => typeof node !== "string" && (PARAGRAPHS.has(node.name) || hasParagraphs(node.children)),
  );

function write(nodes: readonly MarkupNode[], to: TextWriter): void {
  for (const node of nodes) {
    if (typeof node === "string") to.add(node);
    else writeElement(node, to);
  }
}

function writeElement(element: MarkupElement, to: TextWriter): void {
  const { name, attributes, children } = element;
  // EndNote sets its words in styles.
  const isSilent = SILENT.has(name) && !(name === "style" && "face" in attributes);
  if (isSilent || (name === "xref" && attributes["ref-type"] === "bibr")) {
    const tex = name === "tex-math" ? texOf(children) : "";
    if (tex !== "") to.add(tex);
  } else if (name === "sub" || name === "sup") {
    to.add(scriptText(nodesText(children), name === "sub" ? "below" : "above"));
  } else if (name === "math") to.add(mathText(element));
  else if (name === "alternatives") write(preferred(children), to);
  else if (name === "br" || name === "break") to.line();
  else if (HEADINGS.has(name)) to.heading(nodesText(children));
  else if (PARAGRAPHS.has(name)) {
    to.paragraph();
    write(children, to);
    to.paragraph();
  } else write(children, to);
}

/** The same formula in several forms: MathML reads best. */
function preferred(children: readonly MarkupNode[]): readonly MarkupNode[] {
  const named = (name: string) =>
    children.filter((child) => typeof child !== "string" && child.name === name).slice(0, 1);
  const math = named("math");
  return math.length > 0 ? math : named("tex-math").length > 0 ? named("tex-math") : children;
}

/** The formula alone of what is a document of LaTeX: `\begin{document}$$x$$\end{document}`. */
function texOf(children: readonly MarkupNode[]): string {
  const text = children.filter((child) => typeof child === "string").join("");
  const from = text.indexOf("\\begin{document}");
  const whole = from < 0 ? text : text.slice(from + "\\begin{document}".length).split("\\end{document}")[0];
  const formula = (whole ?? "").trim().replace(/^\$\$?|\$\$?$/g, "");
  return formula === "" ? "" : `$${formula}$`;
}

class TextWriter {
  readonly #keepLines: boolean;
  readonly #parts: string[] = [];
  #pending = "";
  /** Lines that a heading runs into. */
  #heading = "";
  #empty = true;

  constructor(keepLines: boolean) {
    this.#keepLines = keepLines;
  }

  add(text: string): void {
    const even = this.#keepLines ? text : text.replace(/\s+/g, " ");
    if (even.trim() === "") {
      if (even !== "" && this.#pending === "" && !this.#empty) this.#pending = even;
      return;
    }
    const atHead = this.#empty || this.#pending.includes("\n") || this.#heading !== "";
    this.#parts.push(this.#empty ? "" : this.#pending, this.#heading, atHead ? even.trimStart() : even);
    [this.#pending, this.#heading, this.#empty] = ["", "", false];
  }

  line(): void {
    if (!this.#pending.includes("\n")) this.#pending = "\n";
  }

  paragraph(): void {
    this.#pending = "\n\n";
  }

  /** A heading runs into the paragraph below it, as PubMed prints them: "Background: Frogs call at night." */
  heading(text: string): void {
    const label = text.trim();
    this.paragraph();
    if (label === "" || (this.#empty && /^(?:abstract|summary)[.:]?$/i.test(label))) return;
    this.#heading += /[.:?!]$/.test(label) ? `${label} ` : `${label}: `;
  }

  text(): string {
    // A heading with nothing below it stands for itself.
    if (this.#heading !== "")
      this.#parts.push(this.#empty ? "" : this.#pending, this.#heading.replace(/: $/, ""));
    return this.#parts.join("").trim();
  }
}
