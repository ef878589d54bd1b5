/** What is said of an answer beside its quotations, by every transport in the same words. Titles are given as Markdown. */

/** An answer that is less certain: its passages bear on the question. Never worded as a denial. */
export const LESS_CERTAIN = {
  /** A quiet mark beside the answer, and what it means. */
  label: "less certain",
  why: "These passages are close to the question, but may not answer all of it.",
  passages: "These passages bear on it:",
  papers: "These papers bear on it:",
  ofOne: (title: string) => `The abstract of *${title}* says on this:`,
  sideBySide: "Side by side, their abstracts say:",
  closest: "The closest paper:",
  /** Before the words of a language model. */
  written: "As far as the abstracts go:",
} as const;

/** One paper is asked about, and what is asked of it seems to be missing there. */
export const mayNotSay = (title: string) => `The abstract of *${title}* may not say this. Closest:`;

/** A list of papers of which none has the rarest word that was asked for. */
export const noneMentions = (word: string) => `None of these mentions “${word}”. Closest to the rest:`;

/** Nothing is found. */
export const NOT_FOUND = {
  anywhere: "I found no abstract that says this.",
  inScope: (papers: number) => `I found no abstract that says this among the ${papers} papers asked.`,
  inOne: (title: string) => `I found nothing in the abstract of *${title}* that says this.`,
  noPaper: "There was no paper to ask.",
  nearest: "Nearest:",
  waysOn: "Other words may find it, or the name of a paper.",
  askAll: "Ask all papers",
} as const;

/** Papers that were found and are not cited. */
export const alsoFound = (papers: number) => `Also found: ${papers} ${papers === 1 ? "paper" : "papers"}`;
