/** So many characters of the text at most, the last an ellipsis where it was longer; no entity and no pair is halved. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$|&[a-z]{0,4}$/, "");
  return `${cut.trimEnd()}…`;
}
