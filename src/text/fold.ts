import { streamSafe } from "../util/strings.ts";

const ASCII = /^[ -~\t\r\n]*$/;

/** Lower case, without diacritics: "Müller" and "muller" are one word. */
export function fold(text: string): string {
  // Most words are ASCII, and then there is nothing to take apart.
  if (ASCII.test(text)) return text.toLowerCase();
  return streamSafe(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
