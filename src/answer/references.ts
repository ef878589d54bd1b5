import type { Paper, ReferenceFormat } from "../protocol.ts";
import { boundedRecord } from "./references/bounded-record.ts";
import { cslItem } from "./references/csl-item.ts";
import { loadCitationJs } from "./references/load-citation-js.ts";
import { plainText } from "./references/plain-text.ts";
import { referenceKeys } from "./references/reference-keys.ts";
import { writeBibtex } from "./references/write-bibtex.ts";
import { writeRis } from "./references/write-ris.ts";

/** A text with the media type to serve it as. */
export interface ReferenceDocument {
  readonly body: string;
  readonly mediaType: string;
}

const MEDIA_TYPES: Readonly<Record<ReferenceFormat, string>> = {
  bibtex: "application/x-bibtex; charset=utf-8",
  ris: "application/x-research-info-systems; charset=utf-8",
  "csl-json": "application/vnd.citationstyles.csl+json; charset=utf-8",
  text: "text/plain; charset=utf-8",
};

/** The references to `papers`, in order, each with a key of its own. No papers: an empty document of the format. */
export async function formatReference(
  papers: readonly Paper[],
  format: ReferenceFormat,
): Promise<ReferenceDocument> {
  return { body: await write(papers.map(boundedRecord), format), mediaType: MEDIA_TYPES[format] };
}

export function referenceMediaType(format: ReferenceFormat): string {
  return MEDIA_TYPES[format];
}

async function write(papers: readonly Paper[], format: ReferenceFormat): Promise<string> {
  const keys = referenceKeys(papers);
  switch (format) {
    case "bibtex":
      return writeBibtex(papers, keys);
    case "ris":
      return writeRis(papers, keys);
    case "csl-json":
      return `${JSON.stringify(plainItems(papers, keys), null, 2)}\n`;
    case "text":
      return writeText(papers, keys);
  }
}

const plainItems = (papers: readonly Paper[], keys: readonly string[]) =>
  papers.map((paper, at) => cslItem(paper, keys[at] ?? paper.id, plainText));

/** APA style, one reference a line. */
async function writeText(papers: readonly Paper[], keys: readonly string[]): Promise<string> {
  if (papers.length === 0) return "";
  const Cite = await loadCitationJs();
  return new Cite(plainItems(papers, keys)).format("bibliography", { template: "apa", nosort: true });
}
