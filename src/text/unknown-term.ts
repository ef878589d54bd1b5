/** A term that no paper holds: its idf is the most there is. */
export const UNKNOWN_TERM = "\u0000";
