/** What records are told apart by: DOI, arXiv id and normalised title. */
import { createHash } from "node:crypto";
import { normalizeArxivId } from "./normalize-arxiv-id.ts";
import { normalizeDoi } from "./normalize-doi.ts";
import { normalizeTitle } from "./normalize-title.ts";

/** Identity keys of a record, "doi:…", "arxiv:…", "title:…", the most telling first; never empty. */
export function identityKeys(record: {
  title: string;
  doi?: string | undefined;
  arxivId?: string | undefined;
}): string[] {
  const doi = normalizeDoi(record.doi ?? "");
  // arXiv registers a DOI for each of its papers that only wraps the id.
  const arxivId = normalizeArxivId(record.arxivId ?? "") ?? normalizeArxivId(doi ?? "");
  return [
    ...(doi === undefined ? [] : [`doi:${doi.toLowerCase()}`]),
    ...(arxivId === undefined ? [] : [`arxiv:${arxivId.toLowerCase()}`]),
    `title:${normalizeTitle(record.title)}`,
  ];
}

/** No normalised title holds it. */
const AND = " / ";

/** The key of a paper without ids whose title another one has already. */
export function namesakeKey(
  titleKey: string,
  record: { authors?: readonly string[] | undefined; year?: number | undefined; abstract: string },
): string {
  const told = [record.authors?.[0] ?? "", String(record.year ?? "")]
    .map(normalizeTitle)
    .filter((part) => part !== "");
  const hash = createHash("sha256").update(record.abstract).digest("hex").slice(0, 12);
  return [titleKey, ...(told.length === 0 ? [hash] : told)].join(AND);
}

/** The title's key, of a namesake's too. */
export const titleKeyOf = (key: string): string => key.split(AND, 1)[0] ?? key;

/** The paper id that a key stands for: 96 bits of its SHA-256 as 16 base64url characters. */
export function idOfKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 16);
}
