import { parseUrl } from "../../util/strings.ts";
import { normalizeArxivId } from "../identity/normalize-arxiv-id.ts";
import { normalizeDoi } from "../identity/normalize-doi.ts";

/** What is asked for by name. `problem`: it is meant for a name, and is none that can be asked for. */
export type PaperName =
  | { readonly kind: "arxiv"; readonly id: string }
  | { readonly kind: "doi"; readonly id: string }
  | { readonly kind: "listing"; readonly category: string; readonly most: number }
  | { readonly kind: "problem"; readonly reason: string };

/** Letters of a name; the longest DOIs have some 200. */
const LONGEST = 500;
/** Papers that a listing shows unless its address says otherwise, as on arXiv's pages; and at most, as one request has. */
const LISTED = 50;
const MOST_LISTED = 100;
const HALF_LETTER = /[\ud800-\udfff]/u;
const FORMS = "name arxiv:2310.01234, doi:10.1000/x or https://arxiv.org/list/cs.CL/recent";
/** Archives of arXiv that are parted into subjects: all of them are meant. */
const PARTED = /^(?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)$/;

/** `arxiv:…`, `doi:…` or an address; undefined for a path. */
export function readPaperName(text: string): PaperName | undefined {
  const name = text.trim();
  if (!/^(?:arxiv:|doi:|https?:\/\/)/i.test(name)) return undefined;
  if (name.length > LONGEST || HALF_LETTER.test(name)) return problem(`is too long or broken: ${FORMS}`);
  if (/^arxiv:/i.test(name)) return arxiv(name) ?? problem(`is no arXiv id: ${FORMS}`);
  if (/^doi:/i.test(name)) return doi(name) ?? problem(`is no DOI: ${FORMS}`);
  return readAddress(name);
}

function readAddress(address: string): PaperName {
  const url = parseUrl(address);
  const host = url?.hostname.replace(/^(?:www|export|dx)\./, "");
  if (url === undefined || (host !== "arxiv.org" && host !== "doi.org")) {
    return problem(`papers are asked for at arXiv and Crossref alone: ${FORMS}, or save it as a file`);
  }
  if (host === "doi.org") return doi(decoded(url.pathname.slice(1))) ?? problem(`holds no DOI: ${FORMS}`);
  const [, category, which] =
    /^\/list\/([a-z-]{2,12}(?:\.[A-Za-z-]{2,8})?)\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (category === undefined) return arxiv(address) ?? problem(`holds no arXiv id: ${FORMS}`);
  if (!/^(?:recent|new|pastweek)$/.test(which ?? "")) {
    return problem(
      `arXiv is asked for the newest papers alone: name https://arxiv.org/list/${category}/recent`,
    );
  }
  const show = Number(url.searchParams.get("show") ?? LISTED);
  const most = Number.isInteger(show) && show > 0 ? Math.min(show, MOST_LISTED) : LISTED;
  return { kind: "listing", category: PARTED.test(category) ? `${category}.*` : category, most };
}

function arxiv(text: string): PaperName | undefined {
  const id = normalizeArxivId(text);
  return id === undefined ? undefined : { kind: "arxiv", id };
}

function doi(text: string): PaperName | undefined {
  const id = normalizeDoi(text);
  if (id === undefined) return undefined;
  // arXiv registers a DOI for each of its papers, which Crossref does not have.
  return arxiv(id) ?? { kind: "doi", id: id.toLowerCase() };
}

const problem = (reason: string): PaperName => ({ kind: "problem", reason });

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
