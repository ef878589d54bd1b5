import type { Embedder } from "../embedding/embedder.ts";
import { contentWords } from "./terms.ts";

/**
 * The vector of a question: the mean of the whole question's vector and of its content words', at unit length. The
 * words of asking ("how could I …?") otherwise pull it towards papers that ask. The zero vector when no word of the
 * question is known to the model.
 */
export async function embedQuestion(
  embedder: Embedder,
  question: string,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const [whole, content] = await embedder.embed([question, contentWords(question)], "query", signal);
  const sum = Float32Array.from(whole ?? [], (value, i) => value + (content?.[i] ?? 0));
  const length = Math.hypot(...sum);
  return length === 0 ? sum : sum.map((value) => value / length);
}
