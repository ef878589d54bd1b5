/** A text as it is stored: without white space at its ends and lone surrogates, which UTF-8 cannot hold. */
export function cleanText(text: string): string {
  return text.replace(/\p{Cs}/gu, "\uFFFD").trim();
}
