import { z } from "zod";
import type { Paper } from "../../protocol.ts";
import { type CslItem, cslItem } from "./csl-item.ts";
import { loadCitationJs } from "./load-citation-js.ts";
import { plainText } from "./plain-text.ts";

const Value = z.union([z.string(), z.number().transform(String)]);
const Records = z.array(z.record(z.string(), z.union([Value.transform((value) => [value]), z.array(Value)])));

/**
 * One RIS record a paper, lines ended by CR LF as the format asks. citation-js maps the tags; the lines are
 * written here, because it breaks values in the middle of words after 70 characters and cuts keys to 20.
 */
export async function writeRis(papers: readonly Paper[], keys: readonly string[]): Promise<string> {
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
