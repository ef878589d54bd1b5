/** Up to white space, quotes, angle brackets and the full-width punctuation of Chinese and Japanese. */
const ADDRESS = /https?:\/\/[^\s<>"`“”，。；、）」》]+/gi;
const BRACKETS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * The http and https addresses that a text names, each once, in order: without the sentence's punctuation, the bracket
 * that a parenthesis or LaTeX's `\url{…}` closes, and LaTeX's escapes (`\_`).
 */
export function extractLinks(text: string): string[] {
  const links = [...text.matchAll(ADDRESS)]
    .map(([address]) => withoutPunctuation(unescapeLatex(withinBrackets(address))))
    .filter((address) => URL.canParse(address) && new URL(address).hostname.includes("."));
  return [...new Set(links)];
}

/** Up to the first closing bracket that nothing in the address opened. */
function withinBrackets(address: string): string {
  const open: Record<string, number> = {};
  for (let i = 0; i < address.length; i++) {
    const char = address.charAt(i);
    const opener = BRACKETS[char];
    if (opener === undefined) open[char] = (open[char] ?? 0) + 1;
    else if ((open[opener] ?? 0) === 0) return address.slice(0, i);
    else open[opener] = (open[opener] ?? 0) - 1;
  }
  return address;
}

/** A loop, because an end-anchored pattern takes quadratic time over a long run of dots. */
function withoutPunctuation(address: string): string {
  let end = address.length;
  while (end > 0 && ".,;:!?'’…*\\".includes(address.charAt(end - 1))) end--;
  return address.slice(0, end);
}

/** `\_ \% \# \& \~{}` and `$\sim$` as they read. */
function unescapeLatex(address: string): string {
  return address.replace(/\$?\\sim\$?|\\~(?:\{\})?/g, "~").replace(/\\([_%#&])/g, "$1");
}
