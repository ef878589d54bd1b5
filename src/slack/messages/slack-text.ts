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

/** So many characters of the text at most, the last an ellipsis where it was longer; no entity and no pair is halved. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$|&[a-z]{0,4}$/, "");
  return `${cut.trimEnd()}…`;
}

const UNESCAPED: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/**
 * What a person wrote, from the text of a Slack message: without the mentions of the bot, links and channels by their
 * names, entities as the characters they stand for.
 */
export function questionText(text: string, botUserId: string | undefined): string {
  return text
    .replaceAll(botUserId === undefined ? /^\s*<@[A-Z0-9]+>/g : `<@${botUserId}>`, " ")
    .replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_, kind: string, target: string, label?: string) => {
      const name = label ?? target;
      // Groups have the sign in their label, dates have none.
      const isNamed = name.startsWith("@") || target.startsWith("date^");
      const sign = kind === "!" ? "@" : kind;
      return isNamed ? name : `${sign}${name}`;
    })
    .replace(/&(?:lt|gt|amp);/g, (entity) => UNESCAPED[entity] ?? entity)
    .replace(/[ \t]+/g, " ")
    .trim();
}
