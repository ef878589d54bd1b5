/** Whether two records of the same title are one paper. */
import { fold } from "../../text/words.ts";
import { authorNames } from "../names/author-names.ts";

export interface Identified {
  readonly abstract: string;
  readonly authors?: readonly string[] | undefined;
  readonly year?: number | undefined;
}

/** Titles that many papers have. */
const GENERIC =
  /^(?:(?:an? |the )?(?:introduction|editorial|preface|foreword|conclusions?|summary|abstracts?|discussion|correspondence|commentary|comments?|reply|response|erratum|errata|corrigendum|correction|addendum|book reviews?|obituary|in memoriam|announcements?|news|overview|review|contents|table of contents|index|acknowledge?ments?|letters? to the editor|editors? note|from the editors?|guest editorial|editorial board|untitled|abstract)|in brief|in this issue)(?: \d+)?$/;
/** Authors of a paper that are compared: the first of thousands tell enough. */
const COMPARED = 50;
/** Words of a title that a preprint and its journal version may share without a name to tell by. */
const TELLING_WORDS = 3;
/** arXiv registers a DOI for each of its papers, which only wraps the id. */
const ARXIV_DOI = /^doi:10\.48550\/arxiv\./;

/** @param title as it is compared */
export function mayBeOne(
  title: string,
  one: Identified & { readonly keys: readonly string[] },
  two: Identified & { readonly keys: readonly string[] },
): boolean {
  const ids = (kind: string) =>
    [one, two].map(({ keys }) => keys.filter((key) => key.startsWith(kind) && !ARXIV_DOI.test(key)));
  const [dois, arxivIds] = [ids("doi:"), ids("arxiv:")];
  if (isDisjoint(dois) || isDisjoint(arxivIds)) return false;
  const families = [one, two].map(({ authors = [] }) => new Set(familiesOf(authors)));
  const [first = new Set<string>(), second = new Set<string>()] = families;
  if (first.size > 0 && second.size > 0) return [...first].some((family) => second.has(family));
  const sameText = one.abstract !== "" && one.abstract === two.abstract;
  if (GENERIC.test(title)) return sameText || (one.year !== undefined && one.year === two.year);
  const otherIds = [one, two].every(({ keys }) => keys.some((key) => /^(?:doi|arxiv):/.test(key)));
  return !otherIds || sameText || title.split(" ").length >= TELLING_WORDS;
}

const isDisjoint = ([one = [], two = []]: readonly (readonly string[])[]): boolean =>
  one.length > 0 && two.length > 0 && !one.some((id) => two.includes(id));

function familiesOf(authors: readonly string[]): string[] {
  return authorNames(authors.slice(0, COMPARED)).map(({ family, literal }) => fold(family ?? literal ?? ""));
}
