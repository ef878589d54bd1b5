const PREFIX = /^(?:(?:https?:\/\/)?(?:www\.|dx\.)?doi\.org\/|doi:\s*)/i;

/**
 * "https://doi.org/10.1000/xyz", "doi:10.1000/xyz" → "10.1000/xyz", case kept; of several the first; undefined when it
 * is no DOI ("n/a").
 */
export function normalizeDoi(text: string): string | undefined {
  return /^10\.\d{4,9}(?:\.\d+)*\/\S+/.exec(text.trim().replace(PREFIX, ""))?.[0];
}
