import type { Embedder } from "../embedding/embedder.ts";
import type { Question } from "../question/question.ts";
import { contentWords } from "../text/terms.ts";

/**
 * Letters of a question that its vector is of. Some 250 tokens of prose: models take 256 or 512, and what they do with
 * more goes by the square of it.
 */
const MOST_LETTERS = 1500;

/**
 * The vector of a question: the mean of the whole question's vector and of its content words', at unit length. The
 * words of asking ("how could I …?") otherwise pull it towards papers that ask. The zero vector when no word of the
 * question is known to the model.
 */
export function embedQuestion(
  embedder: Embedder,
  question: Question,
  signal?: AbortSignal,
): Promise<Float32Array> {
  return question.vector((text) => embedText(embedder, text.slice(0, MOST_LETTERS), signal));
}

async function embedText(embedder: Embedder, text: string, signal?: AbortSignal): Promise<Float32Array> {
  const [whole, content] = await embedder.embed([text, contentWords(text)], "query", signal);
  const sum = Float32Array.from(whole ?? [], (value, i) => value + (content?.[i] ?? 0));
  const length = Math.hypot(...sum);
  return length === 0 ? sum : sum.map((value) => value / length);
}
