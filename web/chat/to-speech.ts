/** Characters that are read aloud of one answer: an hour. */
const LONGEST = 50_000;

/** An answer's Markdown as sentences to be read aloud, without its marks. @param open whether more text follows */
export function toSpeech(markdown: string, open: boolean): string[] {
  const plain = markdown
    .slice(0, LONGEST)
    .replace(/(?<!\s)\s*\[\d{1,4}\]/g, "")
    .replace(/^[^\S\n]*(?:[-*+]|\d+\.|#+|>)\s+/gm, "")
    .replace(/[*_`]{1,3}/g, "")
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "");
  const sentences = plain.match(/[^.!?\n]+(?:[.!?]+(?=\s|$)|\n|$|[.!?])/g) ?? [];
  const whole = open ? sentences.slice(0, -1) : sentences;
  return whole.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}
