import type { Paper } from "../../src/protocol.ts";

/** Links shown of those that an abstract names. */
const MOST = 4;
/** Characters of an address that are shown. */
const SHOWN = 40;

export interface PaperLink {
  readonly href: string;
  readonly label: string;
}

/** What lies at an address, by its host. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht)$/, "Code"],
  [/^huggingface\.co$/, "Models and data"],
  [/^(?:zenodo\.org|figshare\.com|osf\.io|kaggle\.com|dataverse\.harvard\.edu)$/, "Data"],
  [/^(?:youtube\.com|youtu\.be|vimeo\.com)$/, "Video"],
];

/** Where the paper can be read. Only addresses of the web: a paper may name any. */
export function paperLinks({ url, doi, arxivId, links = [] }: Paper): PaperLink[] {
  const known = [
    ...(arxivId === undefined
      ? []
      : [{ href: `https://arxiv.org/abs/${encodeURI(wellFormed(arxivId))}`, label: `arXiv:${arxivId}` }]),
    ...(doi === undefined
      ? []
      : [{ href: `https://doi.org/${encodeURI(wellFormed(doi))}`, label: `doi:${doi}` }]),
    ...[url, ...links].flatMap((href) => {
      const label = href === undefined ? undefined : labelOf(href);
      return href === undefined || label === undefined ? [] : [{ href, label }];
    }),
  ];
  const seen = new Set<string>();
  return known.filter(({ href }) => !seen.has(href) && seen.add(href)).slice(0, MOST);
}

/** Where else the paper is found, by its title; arXiv only where its id is not known. */
export function searchLinks({ title, arxivId }: Pick<Paper, "title" | "arxivId">): PaperLink[] {
  const words = encodeURIComponent(wellFormed(title));
  const arxiv = { href: `https://arxiv.org/search/?searchtype=title&query=${words}`, label: "arXiv" };
  return [
    ...(arxivId === undefined ? [arxiv] : []),
    { href: `https://www.semanticscholar.org/search?q=${words}`, label: "Semantic Scholar" },
    { href: `https://scholar.google.com/scholar?q=${words}`, label: "Google Scholar" },
  ];
}

/** "Code · github.com/owner/name", "example.org"; undefined for what is not of the web. */
function labelOf(href: string): string | undefined {
  const address = URL.canParse(href) ? new URL(href) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) return undefined;
  const host = address.host.replace(/^www\./, "");
  const kind = KINDS.find(([hosts]) => hosts.test(host))?.[1];
  if (kind === undefined) return host;
  const [owner = "", name = ""] = address.pathname.split("/").filter(Boolean);
  const place = [host, owner, name].filter(Boolean).join("/");
  return `${kind} · ${place.length > SHOWN ? `${place.slice(0, SHOWN)}…` : place}`;
}

/** Halves of letters cannot be part of an address. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}
