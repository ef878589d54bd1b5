import { isHarmlessLatex } from "../references/latex-commands.ts";

/** In order: a backslash as TeX also writes it ("^^5c"); a command of LaTeX; an escape that holds already; … */
const TEX = String.raw`\\?\^(?=\^)|\\[A-Za-z]+|\\[\s\S]`;
/** … what opens raw HTML, or an image; … */
const MARKUP = String.raw`<(?=[A-Za-z/!?])|!(?=\[)`;
/** … a link to anything but the web, a mail address or a place in the document, in place or defined apart. */
const LINK = String.raw`\]\((?!\s{0,9}<?(?:https?:\/\/|mailto:|#))|(?<=^[ >]{0,9})\[(?=[^\]\n]{1,99}\]:(?!\s{0,9}<?https?:\/\/))`;
const RISK = new RegExp([TEX, MARKUP, LINK].join("|"), "gim");

/**
 * Markdown that loads and runs nothing wherever it is opened, nor when LaTeX sets it: raw HTML becomes text, images
 * become links, links that run something become text, and commands that do more than set a sign are written out.
 */
export function harmlessMarkdown(text: string): string {
  return text.replace(RISK, (found, at: number) => {
    if (found.endsWith("^")) return text[at + found.length] === "^" ? `${found} ` : found;
    const holds = found.startsWith("\\") && (!/^\\[a-z]/i.test(found) || isHarmlessLatex(found));
    return holds ? found : `\\${found}`;
  });
}
