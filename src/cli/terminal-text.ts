/**
 * Text of papers, people or models made safe to print: control characters, which could move the cursor, rename the
 * window or hide text, become visible signs, and so do the marks that turn the direction of writing.
 */
export function terminalText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, visible);
}

/** Code point of ␀, the picture of control character 0; the 31 others follow. */
const CONTROL_PICTURES = 0x2400;

function visible(char: string): string {
  if (char === "\n" || char === "\t") return char;
  const code = char.charCodeAt(0);
  if (code === 0x7f) return "␡";
  return code < 0x20 ? String.fromCharCode(CONTROL_PICTURES + code) : "\ufffd";
}
