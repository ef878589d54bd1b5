/** Cosine from which two sentences say the same: twins among the papers, or an abstract that repeats itself. */
export const SAME = 0.95;
