/** What the record of one paper says, and the papers that are near it. */
import { CATALOGUE } from "../../protocol/wording.ts";
import type { Paper } from "../../protocol.ts";
import type { RecordAspect } from "../../question/record-question.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { CatalogueAnswer } from "./catalogue-answer.ts";
import { allAuthors, paperLine } from "./record-text.ts";

/** Where code is kept. */
const CODE_HOST =
  /^https?:\/\/(?:[\w-]+\.)*(?:github\.(?:com|io)|gitlab\.com|bitbucket\.org|huggingface\.co|codeberg\.org|zenodo\.org|sourceforge\.net|colab\.research\.google\.com)\//i;
/** Links that are shown. */
const LINKS = 10;

/** @param related the papers nearest to it, where those are asked for */
export function describeRecord(
  paper: Paper,
  aspects: readonly RecordAspect[],
  related: readonly Paper[],
): CatalogueAnswer {
  const title = escapeMarkdown(paper.title);
  if (aspects.includes("related")) return near(title, related);
  const told = aspects.map((aspect) => ({ aspect, fact: factOf(paper, aspect) }));
  const known = told.filter(({ fact }) => fact !== "");
  const missing = told
    .filter(({ fact }) => fact === "")
    .map(({ aspect }) => CATALOGUE.missing[aspect as keyof typeof CATALOGUE.missing]);
  const isCode = missing.length === 1 && told.length === 1 && aspects[0] === "code";
  const lack =
    missing.length === 0 ? [] : [isCode ? CATALOGUE.noCode(title) : CATALOGUE.recordLacks(title, missing)];
  // Who asks when may want to know who: the rest of the record follows.
  const others = (["authors", "year", "venue", "links"] as const).filter(
    (aspect) => !aspects.includes(aspect),
  );
  const rest = others.map((aspect) => factOf(paper, aspect)).filter((fact) => fact !== "");
  const lines = [...known.map(({ fact }) => fact), ...(known.length === 0 ? [] : rest)];
  const facts = lines.length === 0 ? [] : [`*${title}*:`, lines.map((line) => `- ${line}`).join("\n")];
  return { text: [...facts, ...lack].join("\n\n"), papers: [paper], known: known.length > 0 };
}

function factOf(paper: Paper, aspect: RecordAspect): string {
  const { authors = [], year, venue } = paper;
  if (aspect === "authors")
    return authors.length === 0 ? "" : `${CATALOGUE.fact.authors} ${allAuthors(authors)}`;
  if (aspect === "year") return year === undefined ? "" : `${CATALOGUE.fact.year} ${year}`;
  if (aspect === "venue")
    return venue === undefined ? "" : `${CATALOGUE.fact.venue} ${escapeMarkdown(venue)}`;
  const links = aspect === "code" ? linksOf(paper).filter((link) => CODE_HOST.test(link)) : linksOf(paper);
  const label = aspect === "code" ? CATALOGUE.fact.code : CATALOGUE.fact.links;
  return links.length === 0 ? "" : `${label} ${links.join(", ")}`;
}

function linksOf({ url, links = [], doi, arxivId }: Paper): string[] {
  const all = [
    ...(url === undefined ? [] : [url]),
    ...(arxivId === undefined ? [] : [`https://arxiv.org/abs/${arxivId}`]),
    ...(doi === undefined ? [] : [`https://doi.org/${encodeURI(doi)}`]),
    ...links,
  ];
  return [...new Set(all)].filter((link) => /^https?:\/\/[^\s<>]+$/i.test(link)).slice(0, LINKS);
}

function near(title: string, related: readonly Paper[]): CatalogueAnswer {
  if (related.length === 0) return { text: CATALOGUE.noneNear(title), papers: [], known: false };
  const lines = related.map((paper, at) => `${at + 1}. ${paperLine(paper)}`);
  return { text: [CATALOGUE.near(title), lines.join("\n")].join("\n\n"), papers: related, known: true };
}
