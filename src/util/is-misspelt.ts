/** Letters of a word for each slip that it may hold: shorter words would be taken for one another. */
const LETTERS_A_SLIP = 5;

/**
 * Whether `word` is `meant`, or meant for it: a letter more, less, other or swapped with its neighbour, one slip for
 * every five letters, two at the most, and the first letter right.
 */
export function isMisspelt(word: string, meant: string): boolean {
  if (word === meant) return true;
  const slips = Math.min(2, Math.floor(meant.length / LETTERS_A_SLIP));
  if (slips === 0 || word[0] !== meant[0] || Math.abs(word.length - meant.length) > slips) return false;
  // Numbers are never meant for one another.
  if (/\d/.test(word + meant) && word.replace(/\D/g, "") !== meant.replace(/\D/g, "")) return false;
  return distance(word, meant) <= slips;
}

/** Optimal string alignment (Damerau–Levenshtein without second edits). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
