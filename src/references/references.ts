/** The references to papers in each format. */

import { z } from "zod";
import { isUnsound } from "../corpus/identity/flags.ts";
import { authorNames } from "../corpus/names/author-names.ts";
import { RECORD_BOUNDS } from "../corpus/readers/record/record-bounds.ts";
import type { Paper, ReferenceFormat } from "../protocol.ts";
import { firstLetters, streamSafe } from "../util/strings.ts";
import { nextTurn } from "../util/turns.ts";
import { writeBibtex } from "./bibtex.ts";
import { type CslItem, cslItem, doubtNote, loadCitationJs } from "./csl-item.ts";
import { plainText } from "./latex.ts";

/** A text with the media type to serve it as. */
interface ReferenceDocument {
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
  const marked = papers.map((paper) =>
    isUnsound(paper) ? { ...paper, title: `[${doubtNote(paper)}] ${paper.title}` } : paper,
  );
  return new Cite(plainItems(marked, keys)).format("bibliography", { template: "apa", nosort: true });
}

const Value = z.union([z.string(), z.number().transform(String)]);
const Records = z.array(z.record(z.string(), z.union([Value.transform((value) => [value]), z.array(Value)])));

/**
 * One RIS record a paper, lines ended by CR LF as the format asks. citation-js maps the tags; the lines are
 * written here, because it breaks values in the middle of words after 70 characters and cuts keys to 20.
 */
async function writeRis(papers: readonly Paper[], keys: readonly string[]): Promise<string> {
  const Cite = await loadCitationJs();
  const items = papers.map((paper, at) => joinParticles(cslItem(paper, keys[at] ?? paper.id, plainText)));
  const records = Records.parse(new Cite(items).format("ris", { format: "object" }));
  return papers.map((paper, at) => recordText(paper, keys[at] ?? paper.id, records[at] ?? {})).join("\r\n");
}

/** RIS has no place for "van den" but the family name, and citation-js leaves it out. */
function joinParticles(item: CslItem): CslItem {
  const author = item.author?.map(({ "non-dropping-particle": particle, ...name }) =>
    particle === undefined ? name : { ...name, family: `${particle} ${name.family}` },
  );
  return author === undefined ? item : { ...item, author };
}

function recordText(paper: Paper, key: string, record: Readonly<Record<string, readonly string[]>>): string {
  // citation-js files a preprint's number under C7 and the year of a conference paper under C2: few readers look there.
  const { TY: type = ["GEN"], C7: _, C2: _year, ...tags } = record;
  const all: Record<string, readonly string[]> = {
    ...tags,
    ...(paper.year === undefined ? {} : { PY: [String(paper.year)] }),
    ID: [key],
    ...(paper.arxivId === undefined ? {} : { DB: ["arXiv"], AN: [`arXiv:${paper.arxivId}`] }),
    ...(isUnsound(paper) ? { N1: [doubtNote(paper)] } : {}),
  };
  const lines = Object.entries(all).flatMap(([tag, values]) =>
    values.map((value) => `${tag}  - ${oneLine(value)}`),
  );
  return [`TY  - ${type.join("")}`, ...lines, "ER  - ", ""].join("\r\n");
}

/** NEL and the separators of ASCII end a line too for some readers, and what follows would be a tag. */
function oneLine(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, " ");
}

const STOP_WORDS = new Set(
  "a an and are as at by can do does for from how in is it of on or the to towards toward via what when why with".split(
    " ",
  ),
);
/** Words of the title in the key of a paper whose authors are not known. */
const WORDS_WITHOUT_AUTHOR = 3;
/** Characters of one word in a key. */
const MAX_WORD = 30;

/**
 * A readable key for each paper, in order and all different: family name, year, first telling word of the title
 * ("Ball2023Minimal"); without authors the first words ("NIRVANANeuralImplicit"). The same key again gets "_2", "_3" …
 */
export function referenceKeys(papers: readonly Paper[]): string[] {
  const uses = new Map<string, number>();
  return papers.map((paper) => {
    const key = readableKey(paper);
    // BibTeX tells keys apart without regard to case.
    const use = (uses.get(key.toLowerCase()) ?? 0) + 1;
    uses.set(key.toLowerCase(), use);
    return use === 1 ? key : `${key}_${use}`;
  });
}

function readableKey(paper: Paper): string {
  const [author] = authorNames(paper.authors ?? []);
  const family = keyWords(plainText(author?.family ?? author?.literal ?? "")).join("");
  const titleWords = keyWords(plainText(paper.title)).filter(isTelling);
  const year = paper.year ?? "";
  const key =
    family === ""
      ? `${titleWords.slice(0, WORDS_WITHOUT_AUTHOR).join("")}${year}`
      : `${family}${year}${titleWords[0] ?? ""}`;
  // A title in a script without Latin letters leaves nothing to read: the id is at least stable.
  return /^\p{L}/u.test(key) ? key : `Paper${keyWords(paper.id).join("")}${key}`;
}

function isTelling(word: string): boolean {
  return !STOP_WORDS.has(word.toLowerCase()) && !/^\d+$/.test(word);
}

/** ASCII words with a capital first letter. */
function keyWords(text: string): string[] {
  const ascii = streamSafe(text).normalize("NFKD").replace(/\p{M}/gu, "");
  return (ascii.match(/[A-Za-z0-9]+/g) ?? []).map(
    (word) => word.charAt(0).toUpperCase() + word.slice(1, MAX_WORD),
  );
}

/**
 * The record with no more of each text than is read of a new one. Papers stored before there were bounds may have more,
 * and citeproc takes cubic time over some titles.
 */
function boundedRecord(paper: Paper): Paper {
  const { title, venue, authors } = paper;
  return {
    ...paper,
    title: firstLetters(title, RECORD_BOUNDS.title),
    ...(venue === undefined ? {} : { venue: firstLetters(venue, RECORD_BOUNDS.venue) }),
    ...(authors === undefined
      ? {}
      : {
          authors: authors
            .slice(0, RECORD_BOUNDS.authors)
            .map((names) => firstLetters(names, RECORD_BOUNDS.authorText)),
        }),
  };
}

/** Papers written at once, with everybody waiting. */
const PIECE = 20;

/** The references to papers as `formatReference` writes them, a few at a time, with a turn for others between. */
export async function* referencePieces(
  stored: readonly Paper[],
  format: "bibtex" | "ris",
): AsyncGenerator<string> {
  const papers = stored.map(boundedRecord);
  const keys = referenceKeys(papers);
  const [write, between] =
    format === "bibtex" ? ([writeBibtex, "\n"] as const) : ([writeRis, "\r\n"] as const);
  for (let at = 0; at < papers.length; at += PIECE) {
    await nextTurn();
    const piece = await write(papers.slice(at, at + PIECE), keys.slice(at, at + PIECE));
    yield `${at === 0 ? "" : between}${piece}`;
  }
}
