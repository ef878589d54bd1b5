/** What a reader yields, what is kept of it, and how the one becomes the other. */
import { createHash } from "node:crypto";
import type { Field, Paper } from "../protocol.ts";
import { withoutUndefined } from "../util/without-undefined.ts";
import { extractLinks } from "./extract-links.ts";
import { normalizeArxivId } from "./identity/normalize-arxiv-id.ts";
import { normalizeDoi } from "./identity/normalize-doi.ts";

export { identityKeys, idOfKey } from "./identity/identity.ts";

/** A paper as one file describes it; title and abstract are not blank. */
export interface PaperRecord {
  readonly title: string;
  readonly abstract: string;
  readonly authors?: string[] | undefined;
  readonly year?: number | undefined;
  readonly venue?: string | undefined;
  readonly url?: string | undefined;
  readonly doi?: string | undefined;
  readonly arxivId?: string | undefined;
  readonly tags?: string[] | undefined;
}

export interface StoredPaper {
  readonly paper: Paper;
  /**
   * Identity keys ("doi:…", "arxiv:…", "title:…"), never empty. `paper.id` is the id of the first; the ids of the others
   * are aliases.
   */
  readonly keys: readonly string[];
  /** The files that hold the paper ("seeds:trending-papers.txt", "file:/abs/papers.jsonl"), the one its text is from first. */
  readonly origins: readonly string[];
}

/** The text of a field, in which offsets count: empty where the paper has none, as today every paper its body. */
export function textOf(paper: Pick<Paper, "title" | "abstract">, field: Field): string {
  switch (field) {
    case "title":
      return paper.title;
    case "abstract":
      return paper.abstract;
    case "body":
      return "";
  }
}

/** 16 hex digits that change with the text. */
export function revisionOf(title: string, abstract: string): string {
  return createHash("sha256")
    .update(JSON.stringify([title, abstract]))
    .digest("hex")
    .slice(0, 16);
}

/**
 * The paper as clients see it. A DOI or arXiv id is kept in its plain form, and left out when it is none.
 * @param source the file's name or its path relative to what was ingested; shown to clients
 */
export function toPaper(record: PaperRecord, id: string, source: string): Paper {
  const { title, abstract, authors, year, venue, url, tags } = record;
  const links = extractLinks(abstract);
  return withoutUndefined({
    id,
    title,
    abstract,
    authors,
    year,
    venue,
    url,
    links: links.length === 0 ? undefined : links,
    doi: normalizeDoi(record.doi ?? ""),
    arxivId: normalizeArxivId(record.arxivId ?? ""),
    tags,
    source,
    revision: revisionOf(title, abstract),
  });
}
