/** What a reader yields, what is kept of it, and how the one becomes the other. */
import { createHash } from "node:crypto";
import type { Field, Paper } from "../protocol.ts";
import { withoutUndefined } from "../util/without-undefined.ts";
import { extractLinks } from "./extract-links.ts";
import { flagsOf } from "./identity/flags.ts";
import { normalizeArxivId } from "./identity/normalize-arxiv-id.ts";
import { normalizeDoi } from "./identity/normalize-doi.ts";

export { identityKeys, idOfKey } from "./identity/identity.ts";

/** The text below the abstract. Offsets are UTF-16 code units into `text`. */
export interface PaperBody {
  readonly text: string;
  /** Where each page begins, the first one's 0 included; absent where there are no pages. */
  readonly pages?: readonly number[];
  /** In order; what stands before the first has no heading. */
  readonly sections: readonly { readonly title: string; readonly start: number }[];
}

/** A paper as one file describes it; its title is not blank. */
export interface PaperRecord {
  readonly title: string;
  /** Empty for a paper that is known by its title alone. */
  readonly abstract: string;
  readonly body?: PaperBody | undefined;
  readonly authors?: string[] | undefined;
  readonly year?: number | undefined;
  readonly venue?: string | undefined;
  readonly url?: string | undefined;
  readonly doi?: string | undefined;
  readonly arxivId?: string | undefined;
  readonly tags?: string[] | undefined;
  /** Names of the corpora that it is put into. */
  readonly corpora?: string[] | undefined;
  /** What its source says of it: "retracted". */
  readonly flags?: string[] | undefined;
  /** What it says of other papers, by their identity keys: a notice of a retraction. Not kept. */
  readonly marks?: readonly PaperMark[] | undefined;
}

export interface PaperMark {
  readonly key: string;
  readonly flag: string;
}

export interface StoredPaper {
  readonly paper: Paper;
  readonly body?: PaperBody;
  /**
   * Identity keys ("doi:…", "arxiv:…", "title:…"), never empty. `paper.id` is the id of the first; the ids of the others
   * are aliases.
   */
  readonly keys: readonly string[];
  /** Its tags as they were set by hand; absent: those that its files say. */
  readonly tags?: readonly string[];
  /** The files that hold the paper ("seeds:trending-papers.txt", "file:/abs/papers.jsonl"), the one its text is from first. */
  readonly origins: readonly string[];
}

/** The text of a field, in which offsets count: empty where the paper has none. */
export function textOf(paper: Pick<Paper, "title" | "abstract">, field: Field, body?: PaperBody): string {
  switch (field) {
    case "title":
      return paper.title;
    case "abstract":
      return paper.abstract;
    case "body":
      return body?.text ?? "";
  }
}

/** 16 hex digits that change with the text. */
export function revisionOf(title: string, abstract: string, body?: PaperBody): string {
  return createHash("sha256")
    .update(JSON.stringify([title, abstract, ...(body === undefined ? [] : [body.text])]))
    .digest("hex")
    .slice(0, 16);
}

/**
 * The paper as clients see it. A DOI or arXiv id is kept in its plain form, and left out when it is none.
 * @param source the file's name or its path relative to what was ingested; shown to clients
 */
export function toPaper(record: PaperRecord, id: string, source: string): Paper {
  const { title, abstract, body, authors, year, venue, url, tags, corpora } = record;
  const flags = [...new Set([...(record.flags ?? []), ...flagsOf(title, abstract)])];
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
    corpora,
    source,
    revision: revisionOf(title, abstract, body),
    flags: flags.length === 0 ? undefined : flags,
  });
}
