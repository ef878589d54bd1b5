/**
 * Part of a pattern: marks in front of the first word of a question, such as "¿", "> " or "**". Not `\W*`, which without
 * regard to Unicode takes every letter beyond ASCII, so that a pattern tries all of a text as its beginning.
 */
export const LEADING_MARKS = "[^\\p{L}\\p{N}]{0,20}";
