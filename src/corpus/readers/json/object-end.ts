const MARK = /[{}[\]"]/g;
/** What may follow a text: else its quotes are out of step. */
const BEHIND_TEXT = /\s*(?:[:,}\]]|$)/y;

/**
 * Where the JSON object that a text begins with ends: the offset behind its brace; "broken" where that cannot be told
 * because a brace or a quote is missing, "open" where the text ends before. Linear in the text.
 */
export function objectEnd(text: string): number | "broken" | "open" {
  const open: string[] = [];
  MARK.lastIndex = 0;
  for (let match = MARK.exec(text); match !== null; match = MARK.exec(text)) {
    const mark = match[0];
    if (mark === '"') {
      const end = textEnd(text, match.index + 1);
      if (typeof end !== "number") return end;
      MARK.lastIndex = end;
    } else if (mark === "{" || mark === "[") open.push(mark);
    else if (open.pop() !== (mark === "}" ? "{" : "[")) return "broken";
    else if (open.length === 0) return MARK.lastIndex;
  }
  return "open";
}

function textEnd(text: string, from: number): number | "broken" | "open" {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charAt(end - 1 - slashes) === "\\" && end - 1 - slashes >= from) slashes++;
    if (slashes % 2 === 1) continue;
    BEHIND_TEXT.lastIndex = end + 1;
    return BEHIND_TEXT.test(text) ? end + 1 : "broken";
  }
  return "open";
}
