/** Outside of JSON, and written all the same: Python's and JavaScript's words for nothing. */
const LOOSE = /"(?:[^"\\]|\\[\s\S]?)*"?|-?\b(?:NaN|Infinity|None|undefined)\b/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON does not allow in a text
const RAW_CONTROL = /[\u0000-\u001f]/g;

/**
 * JSON, also with NaN for a number and with tabs or line ends inside of texts.
 * @throws SyntaxError of the text as it is
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fixed = text.replace(LOOSE, (part) =>
      part.startsWith('"') ? part.replace(RAW_CONTROL, " ") : "null",
    );
    if (fixed === text) throw error;
    try {
      return JSON.parse(fixed);
    } catch {
      throw error;
    }
  }
}
