/** An escape that holds already; or what opens raw HTML, or an image. */
const ESCAPE_OR_RISK = /\\[\s\S]|<(?=[A-Za-z/!?])|!(?=\[)/g;

/** Markdown that loads and runs nothing wherever it is opened: raw HTML becomes text and images become links. */
export function harmlessMarkdown(text: string): string {
  return text.replace(ESCAPE_OR_RISK, (found) => (found.length > 1 ? found : `\\${found}`));
}
