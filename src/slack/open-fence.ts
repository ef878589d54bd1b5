/** Characters of the opening line that are repeated in the next message: its fence and the language's name. */
const LINE_LENGTH = 100;

/**
 * The line that opened the fenced code block in which `text` ends; undefined where it ends in none.
 * @param before the same of what stands before `text`
 */
export function openFence(text: string, before?: string): string | undefined {
  let open = before;
  for (const [line] of text.matchAll(/^ {0,3}(?:`{3,}|~{3,}).*$/gm)) {
    if (open === undefined) open = opensFence(line) ? line.slice(0, LINE_LENGTH) : undefined;
    else if (closesFence(line, open)) open = undefined;
  }
  return open;
}

/** Whether the line opens a block of code. */
export function opensFence(line: string): boolean {
  return /^ {0,3}(?:`{3,}[^`]*|~{3,}.*)$/.test(line.trimEnd());
}

/** Whether the line closes the block that `open` has opened. */
export function closesFence(line: string, open: string): boolean {
  const text = line.trim();
  const fence = fenceOf(open);
  return (
    text.length >= fence.length && text === (fence[0] ?? "").repeat(text.length) && /^ {0,3}\S/.test(line)
  );
}

/** What stands before a message's text, so that a block of code goes on in it. */
export function reopened(fence: string | undefined): string {
  return fence === undefined ? "" : `${fence}\n`;
}

/** What ends a message that `text` ends, so that its block of code does. */
export function closed(fence: string | undefined, text: string): string {
  if (fence === undefined) return "";
  return `${text.endsWith("\n") ? "" : "\n"}${fenceOf(fence)}`;
}

/** What closes it. */
function fenceOf(open: string): string {
  const [fence = ""] = /`{3,}|~{3,}/.exec(open) ?? [];
  return fence;
}
