import { byAlias } from "../record/by-alias.ts";
import type { Draft } from "../record/draft.ts";
import { arxivShape } from "./shapes/arxiv.ts";
import { crossrefShape } from "./shapes/crossref.ts";
import { cslShape } from "./shapes/csl.ts";
import { mendeleyShape } from "./shapes/mendeley.ts";
import { openAlexShape } from "./shapes/openalex.ts";
import { openReviewShape } from "./shapes/openreview.ts";
import { pubmedShape } from "./shapes/pubmed.ts";
import { semanticScholarShape } from "./shapes/semantic-scholar.ts";
import type { JsonObject, JsonShape } from "./shapes/shape.ts";
import { zoteroShape } from "./shapes/zotero.ts";

/** In the order in which they are asked: what is asked for less comes last. */
const SHAPES: readonly JsonShape[] = [
  arxivShape,
  openAlexShape,
  zoteroShape,
  crossrefShape,
  mendeleyShape,
  pubmedShape,
  semanticScholarShape,
  openReviewShape,
  cslShape,
];

/** A paper out of a JSON object, by what its source is told by; of no known source by the names of its members. */
export function toDraft(object: JsonObject): Draft {
  const shape = SHAPES.find((candidate) => candidate.fits(object));
  return shape === undefined ? byAlias(object) : shape.draft(object);
}
