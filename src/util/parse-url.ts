/** The address, or undefined when `text` is none (`URL.parse`, which not every Node 20 has). */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
