/** Letters of a word for each slip that it may hold: shorter words would be taken for one another. */
const LETTERS_A_SLIP = 5;

/**
 * Whether `word` is `meant`, or meant for it: a letter more, less, other or swapped with its neighbour, one slip for
 * every five letters (or as many as `lettersASlip`), two at most, and the first letter right.
 */
export function isMisspelt(word: string, meant: string, lettersASlip: number = LETTERS_A_SLIP): boolean {
  if (word === meant) return true;
  const slips = Math.min(2, Math.floor(meant.length / lettersASlip));
  if (slips === 0 || word[0] !== meant[0] || Math.abs(word.length - meant.length) > slips) return false;
  // Numbers are never meant for one another.
  if (/\d/.test(word + meant) && word.replace(/\D/g, "") !== meant.replace(/\D/g, "")) return false;
  return isWithin(word, meant, slips);
}

/**
 * By optimal string alignment (Damerau–Levenshtein without second edits), in the band that so few slips can reach and
 * no further than they do: linear in the words.
 */
function isWithin(a: string, b: string, slips: number): boolean {
  const beyond = slips + 1;
  const width = 2 * slips + 1;
  // Of row i the columns from i - slips on.
  let before = Array<number>(width).fill(beyond);
  let above = Array.from({ length: width }, (_, k) => (k < slips ? beyond : k - slips));
  for (let i = 1; i <= a.length; i++) {
    const row = Array<number>(width).fill(beyond);
    for (let k = Math.max(0, slips - i); k < width && i - slips + k <= b.length; k++) {
      const j = i - slips + k;
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const edits = Math.min(
        above[k + 1] ?? beyond,
        row[k - 1] ?? beyond,
        swapped ? (before[k] ?? beyond) : beyond,
      );
      row[k] = j === 0 ? i : Math.min(edits + 1, (above[k] ?? beyond) + same);
    }
    if (row.every((distance) => distance > slips)) return false;
    before = above;
    above = row;
  }
  return (above[b.length - a.length + slips] ?? beyond) <= slips;
}
