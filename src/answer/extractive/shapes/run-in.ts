/** A title as the run-in heading of a paragraph: it ends like a sentence. */
export function runIn(title: string): string {
  return /[.?!]$/.test(title) ? title : `${title}.`;
}
