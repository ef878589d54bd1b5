import { z } from "zod";
import type { Paper } from "../../protocol.ts";
import { bibtexText } from "./bibtex-text.ts";
import { bibtexTitle } from "./bibtex-title.ts";
import { cslItem } from "./csl-item.ts";
import { loadCitationJs } from "./load-citation-js.ts";

const Entries = z.array(
  z.object({ type: z.string(), label: z.string(), properties: z.record(z.string(), z.string()) }),
);

/**
 * One BibTeX entry a paper. citation-js maps fields and names; title, venue and the text of the entry are
 * written here, because citation-js takes `<` for markup and puts braces into LaTeX.
 */
export async function writeBibtex(papers: readonly Paper[], keys: readonly string[]): Promise<string> {
  const Cite = await loadCitationJs();
  const items = papers.map((paper, at) => cslItem(paper, keys[at] ?? paper.id, bibtexText));
  const entries = Entries.parse(new Cite(items).format("bibtex", { format: "object" }));
  return papers
    .map((paper, at) => {
      const { type = "misc", properties = {} } = entries[at] ?? {};
      return entryText(
        paper.venue === undefined ? "misc" : type,
        keys[at] ?? paper.id,
        fields(paper, properties),
      );
    })
    .join("\n");
}

function fields(paper: Paper, given: Readonly<Record<string, string>>): Record<string, string> {
  // Nothing else that citation-js derives: it puts an address into `howpublished`, which is LaTeX.
  const { author, year, doi, url } = given;
  const venue = bibtexText(paper.venue ?? "");
  return {
    ...(author === undefined ? {} : { author }),
    title: bibtexTitle(paper.title),
    ...(year === undefined ? {} : { year }),
    ...("journal" in given ? { journal: venue } : {}),
    ...("booktitle" in given ? { booktitle: venue } : {}),
    ...(doi === undefined ? {} : { doi: verbatim(doi) }),
    ...(paper.arxivId === undefined ? {} : { eprint: verbatim(paper.arxivId), archivePrefix: "arXiv" }),
    ...(url === undefined ? {} : { url: verbatim(url) }),
  };
}

/** Identifiers and addresses are not LaTeX; only what would end the field, or open a command in it, is encoded. */
function verbatim(value: string): string {
  return value.replace(/[{}\\^\s\p{Cc}]/gu, encodeURIComponent);
}

function entryText(type: string, key: string, properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([field, value]) => `  ${field} = {${value}},\n`);
  return `@${type}{${key},\n${lines.join("")}}\n`;
}
