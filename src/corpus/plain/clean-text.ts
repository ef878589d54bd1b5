/** Escape sequences of terminals, whole: colours and titles of windows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const TERMINAL = /\u001b\[[\d;?]{0,20}[A-Za-z]|\u001b\][^\u0007\u001b\n]{0,200}(?:\u0007|\u001b\\)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const LINE_END = /\r\n?|[\u0085\u2028\u2029\u000b\u000c]/g;
/**
 * Characters that show nothing and part words or turn what stands around them: controls, soft hyphens, spaces of no
 * width, marks of direction. Joiners stay, scripts and emoji are written with them; so does the line end.
 */
const INVISIBLE =
  /(?![\n\t])\p{Cc}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * A text as it is stored: without white space at its ends, invisible characters, and lone surrogates, which UTF-8 cannot
 * hold. Every line end is `\n`, and a space that does not break is one that does.
 */
export function cleanText(text: string): string {
  return text
    .replace(TERMINAL, "")
    .replace(LINE_END, "\n")
    .replace(INVISIBLE, "")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/\p{Cs}/gu, "\uFFFD")
    .trim();
}
