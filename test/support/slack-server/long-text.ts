const PIECES = [
  "Graph walks rank pages by links. ",
  "**A title.** ",
  "é漢字🙂 ",
  "a < b & c > d ",
  "@channel ",
  "[1] ",
  "[12][3]. ",
  "\n\n",
  "\n- an item ",
  "\\*starred\\* ",
  "unbrokenwordsthatareverylong".repeat(8),
  "\n\n| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | x\\|y |\n\n",
];

/** An answer of so many characters, always the same for a seed. */
export function longText(seed: number, length: number): string {
  let state = seed;
  let text = "Answer";
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += ` ${PIECES[state % PIECES.length]}`;
  }
  return `${text.slice(0, length).trimEnd()}.`;
}
