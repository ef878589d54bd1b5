/** What the upstream of the bench says, the same in both processes: prose as models write it, with notes. */
const SENTENCES = [
  "CoreInfer speeds up the inference of large language models by adaptive sparse activation [1].",
  "On an NVIDIA TITAN XP GPU it is 10.33 times as fast as the Hugging Face implementation [1].",
  "The neurons that matter are found while the prompt is read, and stay fixed while the answer is written [1].",
  "Nothing has to be predicted for each token, which is what slows down the methods before it [1].",
];
/** Characters of a token. */
const LENGTH = 4;

/** The tokens of stream `id`; the first names it. */
export function tokensOf(id: number, count: number): string[] {
  const prose = Array.from({ length: Math.ceil((count * LENGTH) / 300) }, () => SENTENCES.join(" ")).join(
    " ",
  );
  const rest = prose.match(/[\s\S]{1,4}/g) ?? [];
  return [`Stream ${id}: `, ...rest.slice(0, count - 1)];
}

export function idIn(text: string): number {
  return Number(/^Stream (\d+): /.exec(text)?.[1]);
}

/** Milliseconds of one clock for all processes of this machine. */
export const now = (): number => performance.timeOrigin + performance.now();
