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
