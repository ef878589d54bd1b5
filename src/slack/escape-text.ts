/** Word joiner: invisible, and no mention any more. */
const DEFUSED = "@\u2060";
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Text that Slack shows as it is: its three control characters as entities, so that `<!here>` and `<@U1>` are text, and
 * the words that Slack may expand by itself, such as `@channel`, broken. Nothing of it pings anyone.
 */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)
    .replace(/@(?=(?:channel|here|everyone)\b)/gi, DEFUSED);
}
