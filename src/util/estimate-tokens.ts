/** Characters of English to a token at least. Abstracts have 5.6 with GPT's tokenizers, about 4.3 with Llama 2's. */
const ASCII_PER_TOKEN = 4;

/**
 * No fewer tokens than a language model is likely to take a text for. A tokenizer is exact for its own model only and
 * weighs 20 MB; so this errs on the high side, and a character outside ASCII counts as one token.
 */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) other += 1;
  return Math.ceil((text.length - other) / ASCII_PER_TOKEN) + other;
}
