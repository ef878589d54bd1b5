import { isUnsound, RETRACTED } from "../corpus/identity/flags.ts";
import { authorNames, type CslName } from "../corpus/names/author-names.ts";
import { RECORD_BOUNDS } from "../corpus/readers/record/record-bounds.ts";
import type { Paper } from "../protocol.ts";
import { firstLetters } from "../util/strings.ts";

/** A reference as CSL-JSON 1.0 has it; citation-js reads and writes this form. */
export interface CslItem {
  readonly id: string;
  readonly "citation-key": string;
  readonly type: "article" | "article-journal" | "paper-conference";
  readonly title: string;
  readonly author?: readonly CslName[];
  readonly issued?: { readonly "date-parts": readonly [readonly [number]] };
  readonly "container-title"?: string;
  readonly publisher?: string;
  readonly number?: string;
  readonly DOI?: string;
  readonly URL?: string;
  readonly note?: string;
}

const CONFERENCE =
  /\b(?:proceedings|conference|workshop|symposium|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|CVPR|ICCV|ECCV|ACL|EMNLP|NAACL|EACL|COLING|KDD|SIGIR|WWW|CHI|UAI|AISTATS|COLT|INTERSPEECH|ICASSP|ICRA|IROS|CoRL)\b/i;

/** `write` turns words of the paper into the text of the target format. */
export function cslItem(paper: Paper, key: string, write: (text: string) => string): CslItem {
  const author = authorNames(paper.authors ?? []).map((name) => writeName(name, write));
  const url = paperUrl(paper);
  return {
    id: key,
    "citation-key": key,
    type: cslType(paper),
    title: write(paper.title),
    ...(author.length === 0 ? {} : { author }),
    ...(paper.year === undefined ? {} : { issued: { "date-parts": [[paper.year]] } }),
    ...(paper.venue === undefined ? {} : { "container-title": write(paper.venue) }),
    ...(isPreprint(paper) ? { publisher: "arXiv", number: `arXiv:${paper.arxivId}` } : {}),
    ...(paper.doi === undefined ? {} : { DOI: paper.doi }),
    ...(url === undefined ? {} : { URL: url }),
    ...(isUnsound(paper) ? { note: doubtNote(paper) } : {}),
  };
}

/** "Retracted": what a reader of the reference is to know. */
export const doubtNote = ({ flags }: Paper): string =>
  flags?.includes(RETRACTED) ? "Retracted" : "Withdrawn";

/** Known by its arXiv id alone: no venue has printed it. */
function isPreprint(paper: Paper): boolean {
  return paper.venue === undefined && paper.arxivId !== undefined;
}

/** Where the paper can be read, or undefined. */
function paperUrl(paper: Paper): string | undefined {
  if (paper.url !== undefined) return paper.url;
  if (paper.arxivId !== undefined) return `https://arxiv.org/abs/${paper.arxivId}`;
  return paper.doi === undefined ? undefined : `https://doi.org/${paper.doi}`;
}

function cslType(paper: Paper): CslItem["type"] {
  if (paper.venue === undefined) return "article";
  return CONFERENCE.test(paper.venue) ? "paper-conference" : "article-journal";
}

function writeName(name: CslName, write: (text: string) => string): CslName {
  return Object.fromEntries(
    Object.entries(name).map(([part, value]) => [part, write(firstLetters(value, RECORD_BOUNDS.author))]),
  );
}

type CitationJs = typeof import("@citation-js/core");

/**
 * citation-js with the formats used here, loaded when first needed (100 ms and 2 MB that most runs never use).
 * Nothing is ever given to it as a string, so its input plugins fetch nothing.
 */
export async function loadCitationJs(): Promise<CitationJs["Cite"]> {
  const { Cite, plugins } = await import("@citation-js/core");
  await Promise.all([
    import("@citation-js/plugin-bibtex"),
    import("@citation-js/plugin-ris"),
    import("@citation-js/plugin-csl"),
  ]);
  // In ASCII mode it escapes LaTeX a second time and drops every letter that it has no command for.
  plugins.config.get("@bibtex").format.asciiOnly = false;
  return Cite;
}
