import type { Paper } from "../../src/protocol.ts";

export interface PaperLink {
  readonly name: string;
  readonly href: string;
}

/** Where the paper can be read and what it names, each address once. Addresses that are not of the web are left out. */
export function paperLinks({ url, doi, arxivId, links = [] }: Paper): PaperLink[] {
  const wanted = [
    ...(arxivId === undefined
      ? []
      : [{ name: `arXiv:${arxivId}`, href: `https://arxiv.org/abs/${arxivId}` }]),
    ...(doi === undefined ? [] : [{ name: `doi:${doi}`, href: `https://doi.org/${encodeURI(doi)}` }]),
    ...[url, ...links].flatMap((href) => (href === undefined ? [] : [{ name: shortened(href), href }])),
  ];
  const seen = new Set<string>();
  return wanted.filter(({ href }) => {
    if (!isWeb(href) || seen.has(href)) return false;
    seen.add(href);
    return true;
  });
}

function isWeb(address: string): boolean {
  return URL.canParse(address) && ["http:", "https:"].includes(new URL(address).protocol);
}

/** Without what every address begins with. */
function shortened(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}
