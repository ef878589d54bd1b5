import type { Paper } from "../../src/protocol.ts";

/** Links shown of those that an abstract names. */
const MOST = 4;

/** Where the paper can be read. Only addresses of the web: a paper may name any. */
export function paperLinks({ url, doi, arxivId, links = [] }: Paper): { href: string; label: string }[] {
  const known = [
    ...(arxivId === undefined
      ? []
      : [{ href: `https://arxiv.org/abs/${arxivId}`, label: `arXiv:${arxivId}` }]),
    ...(doi === undefined ? [] : [{ href: `https://doi.org/${encodeURI(doi)}`, label: `doi:${doi}` }]),
    ...[url, ...links].flatMap((href) => {
      const host = href === undefined ? undefined : webHost(href);
      return href === undefined || host === undefined ? [] : [{ href, label: host }];
    }),
  ];
  const seen = new Set<string>();
  return known.filter(({ href }) => !seen.has(href) && seen.add(href)).slice(0, MOST);
}

function webHost(href: string): string | undefined {
  const address = URL.canParse(href) ? new URL(href) : undefined;
  return address !== undefined && /^https?:$/.test(address.protocol)
    ? address.host.replace(/^www\./, "")
    : undefined;
}
