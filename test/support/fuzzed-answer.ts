/** What models may write, at random and the same in every run: claims, all forms of citation, thoughts, code, formulas. */

const SAID = [
  "CoreInfer reaches a 10.33 times speedup",
  "The sources agree",
  "Sparse activation is fixed before decoding",
  "In $x[3]$ and `a[2]` nothing is a note",
  "Das gilt auch für größere Modelle",
  "Following [2], we prune the heads",
  "As in Equation (1), the error is 10⁻² in m²",
];
const MARKS = [
  ..."[1]|[2]| [3][1]|[1, 2]|[2-4]|【1】|[^2]|[99]|[0]|[1, 77]|[5-40]|【88】|[^12]|(1)|[[7]]|[ 3 ]|[1|3]".split(
    "|",
  ),
  ...` [Source 1]| (2)|[citation:1]| [doc2]|[ref_1]|[n=3]|[#1]|[1](https://a.org/b)|[77](#x)| [^1^]|¹|²³`.split(
    "|",
  ),
  ..." ［1］|\\[1\\]|\\[99\\]|<sup>1</sup>|<sup>88</sup>|[1, p. 3]|[Source 99]| (see source 3)|[77, p. 2]|〔2〕".split(
    "|",
  ),
  "⟨2⟩",
  "",
];
const HEADS = [
  "",
  "",
  "",
  "<think>So [2] and [5] it is.</think>",
  "[THINK]Maybe [7].[/THINK]\n",
  "Okay, the user asks for [2].\n</think>\n\n",
  "It may be [3] here.</think>",
  "<|channel|>analysis<|message|>Source [1]?<|end|><|start|>assistant<|channel|>final<|message|>",
  "```markdown\n",
  "Assistant: ",
];
const TAILS = [
  "",
  "",
  "<|im_end|>",
  "</s>",
  "\n```",
  "\nUser: And [2]?",
  "\n\nSources:\n[1] A\n[2] B",
  " Assistant:",
];

/** Park and Miller's generator. */
export function generator(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  for (let turn = 0; turn < 5; turn++) state = (state * 48_271) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** One answer in the pieces that it comes in. */
export function fuzzedAnswer(seed: number): { readonly tokens: string[]; readonly chunkBytes: number } {
  const random = generator(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  const sentences = Array.from(
    { length: 1 + Math.floor(random() * 6) },
    () => `${pick(SAID)}${pick(MARKS)}${pick(MARKS)}. `,
  );
  const tokens: string[] = [];
  for (let rest = pick(HEADS) + sentences.join("") + pick(TAILS); rest !== ""; ) {
    const length = 1 + Math.floor(random() * 7);
    tokens.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return { tokens, chunkBytes: 1 + Math.floor(random() * 400) };
}

/** Markers outside code and formulas that no note of the answer stands for, each as often as it stands there. */
export function inventedMarkers(text: string, citations: readonly { readonly marker: number }[]): string[] {
  const noted = citations.map(({ marker }) => marker);
  const prose = text.replace(/\$[^$\n]*\$|`[^`\n]*`/g, "");
  return [...prose.matchAll(/\[(\d+)\]/g)].flatMap(([marker, number]) => {
    const at = noted.indexOf(Number(number));
    if (at < 0) return [marker];
    noted.splice(at, 1);
    return [];
  });
}
