import type { MarkupElement, MarkupNode } from "./markup-tree.ts";

const BELOW: Readonly<Record<string, string>> = pairs(
  "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ",
);
const ABOVE: Readonly<Record<string, string>> = pairs("0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱ");
/** Operators that stand apart from what is around them. */
const RELATION = /^[=<>≤≥≠≈∼≃≅≡∈∉⊂⊆→←↔⇒⇔∝±×≪≫|]$/u;

function pairs(text: string): Record<string, string> {
  const chars = [...text];
  return Object.fromEntries(
    chars.flatMap((char, at) => (at % 2 === 0 ? [[char, chars[at + 1] ?? char] as const] : [])),
  );
}

/** What is set below or above the line, as characters that stand there; else with a mark: MoS₂, 10⁻³, x_max. */
export function scriptText(text: string, where: "below" | "above"): string {
  const script = text.trim();
  const table = where === "below" ? BELOW : ABOVE;
  const chars = [...script.replace(/\s+/g, "")];
  if (chars.every((char) => Object.hasOwn(table, char))) return chars.map((char) => table[char]).join("");
  if (where === "above" && /^(?:st|nd|rd|th|TM|®|™|o|∘|°|′|\*+|†|‡|,|[a-e](?:,[a-e])*)$/u.test(script))
    return script === "o" || script === "∘" ? "°" : script;
  return `${where === "below" ? "_" : "^"}${script.length === 1 || /^[\p{L}\p{N}]+$/u.test(script) ? script : `(${script})`}`;
}

/** MathML as plain text: `<msub><mi>MoS</mi><mn>2</mn></msub>` is MoS₂. */
export function mathText(element: MarkupElement): string {
  const { name, children } = element;
  const parts = children.filter((child): child is MarkupElement => typeof child !== "string");
  const part = (at: number): string => (parts[at] === undefined ? "" : mathText(parts[at]));
  switch (name) {
    case "annotation":
    case "annotation-xml":
      return "";
    case "msub":
    case "munder":
      return part(0) + scriptText(part(1), "below");
    case "msup":
      return part(0) + scriptText(part(1), "above");
    case "mover":
      return part(0) + (part(1).length > 1 ? scriptText(part(1), "above") : "");
    case "msubsup":
    case "munderover":
      return part(0) + scriptText(part(1), "below") + scriptText(part(2), "above");
    case "mfrac":
      return `${grouped(part(0))}/${grouped(part(1))}`;
    case "msqrt":
      return `√${grouped(inner(children))}`;
    case "mroot":
      return `${scriptText(part(1), "above")}√${grouped(part(0))}`;
    case "mfenced":
      return `(${parts.map(mathText).join(", ")})`;
    case "mo":
      return RELATION.test(inner(children)) ? ` ${inner(children)} ` : inner(children);
    case "mspace":
    case "mtd":
      return `${inner(children)} `;
    case "mtext":
      return children
        .filter((child) => typeof child === "string")
        .join("")
        .replace(/\s+/g, " ");
    default:
      return inner(children);
  }
}

/** White space between the elements says nothing. */
function inner(children: readonly MarkupNode[]): string {
  return children
    .map((child) => (typeof child === "string" ? child.replace(/\s+/g, " ").trim() : mathText(child)))
    .join("")
    .replace(/ {2,}/g, " ");
}

const grouped = (text: string): string => (/^[\p{L}\p{N}₀-₉⁰-⁹.]*$/u.test(text) ? text : `(${text.trim()})`);
