/** Lower case, without diacritics: "Müller" and "muller" are one word. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
