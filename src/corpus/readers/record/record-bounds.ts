/**
 * What one record may hold, in UTF-16 code units but for `authors`. Who answers reads the papers found again and again,
 * in one piece each: a record has to be small beside what the event loop may be held for. A record over a bound is told
 * with its line and left out, since a part of it would be quoted as the whole.
 */
export const RECORD_BOUNDS = {
  /** The seeds have up to 124. */
  title: 1000,
  /** The seeds have up to 1,900; this is the text of a short paper. */
  abstract: 50_000,
  /** The text below the abstract: 150 printed pages. What is behind is cut, and told. */
  body: 500_000,
  /** Of one name, where several stand in one text too. */
  author: 200,
  /** Names in the list: the longest of physics have 5,154. */
  authors: 6000,
  /** All names together. */
  authorText: 120_000,
  venue: 1000,
  /** An address, DOI or arXiv id. */
  address: 2000,
  tag: 200,
  tags: 200,
} as const;

const SPACE = /\s{2,}/g;

/** Each run of white space as one space, or as the break of lines or paragraphs that it is. */
export function evenSpaces(text: string): string {
  return text.replace(SPACE, (run) => {
    const breaks = run.split("\n").length - 1;
    return breaks === 0 ? " " : breaks === 1 ? "\n" : "\n\n";
  });
}

/** Why the text is too long; undefined when it is not. */
export function excess(text: string, most: number): string | undefined {
  return text.length <= most
    ? undefined
    : `has ${text.length.toLocaleString("en")} letters, at most ${most.toLocaleString("en")} are read`;
}

/** Why these are no authors of one paper; undefined when they may be. */
export function excessOfAuthors(authors: readonly string[]): string | undefined {
  const { author, authors: most, authorText } = RECORD_BOUNDS;
  if (authors.length > most)
    return `has ${authors.length.toLocaleString("en")} names, at most ${most} are read`;
  const all = authors.reduce((sum, { length }) => sum + length, 0);
  if (all > authorText) return excess(authors.join(""), authorText);
  const longest = authors
    .flatMap((text) => text.split(/[,;]|\sand\s|&/))
    .find((name) => name.length > author);
  return longest === undefined ? undefined : `has a name that ${excess(longest, author)}`;
}
