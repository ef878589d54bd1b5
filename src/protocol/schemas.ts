/** Part of `protocol.ts`: schemas that stand for themselves, of scopes, health and the map among them. */
import { z } from "zod";
import { MAX_SCOPE_PAPERS } from "./limits.ts";

/** What an answer looks like. */
export const AnswerShape = z.enum([
  "direct",
  "list",
  "summary",
  "comparison",
  "catalogue",
  "talk",
  "none",
  "report",
]);
export type AnswerShape = z.infer<typeof AnswerShape>;

/** How near a paper comes to a sentence: word for word or nearly; in other words; not at all. */
export const FindGrade = z.enum(["says-so", "nearly", "nowhere"]);
export type FindGrade = z.infer<typeof FindGrade>;

/** Papers by what is known of them; one without a year passes no filter on years, and so on. */
export const PaperFilter = z.strictObject({
  /** All of them. */
  tags: z.array(z.string().max(200)).max(100).optional(),
  /** All of them, in any case, accents aside. */
  authors: z.array(z.string().max(200)).max(100).optional(),
  yearFrom: z.int().optional(),
  yearTo: z.int().optional(),
  venue: z.string().max(200).optional(),
});
export type PaperFilter = z.infer<typeof PaperFilter>;

/** Of a list of papers. `relevance`: the best match first, and the order of the corpus where nothing is asked for. */
export const PaperOrder = z.enum(["relevance", "year", "title"]);
export type PaperOrder = z.infer<typeof PaperOrder>;

const Facet = z.array(z.object({ value: z.string(), papers: z.int().min(1) }));

/** What papers could be narrowed by, each value with its papers: years from the newest, all else by the number of papers. */
export const Facets = z.object({
  years: Facet,
  venues: Facet,
  authors: Facet,
  tags: Facet,
  corpora: Facet,
  sources: Facet,
});
export type Facets = z.infer<typeof Facets>;

/** The text below an abstract, in outline: its letters, and where its sections and pages begin. */
export const BodyOutline = z.object({
  length: z.int().min(1),
  sections: z.array(z.object({ title: z.string(), start: z.int().min(0) })),
  /** The first page's 0 included; absent where there are none. */
  pages: z.array(z.int().min(0)).optional(),
});
export type BodyOutline = z.infer<typeof BodyOutline>;

/** `text` is the body from `start` to `end`, of `length` letters in all; page and section are those of its beginning. */
export const BodyResponse = z.object({
  start: z.int().min(0),
  end: z.int().min(0),
  text: z.string(),
  length: z.int().min(1),
  page: z.int().optional(),
  section: z.string().optional(),
});
export type BodyResponse = z.infer<typeof BodyResponse>;

const tags = z.array(z.string().trim().min(1).max(200)).max(100);

/** Tags that a paper is given or loses, by hand. */
export const PaperChangeBody = z.strictObject({ addTags: tags.optional(), removeTags: tags.optional() });
export type PaperChangeBody = z.infer<typeof PaperChangeBody>;

/** The papers that a question is put to, where that is not all. */
export const Scope = z.strictObject({
  paperIds: z.array(z.string().min(1).max(128)).max(MAX_SCOPE_PAPERS).optional(),
  /** The name of a corpus, or of the file that its papers came from. */
  corpus: z.string().max(200).optional(),
  filter: PaperFilter.optional(),
});
export type Scope = z.infer<typeof Scope>;

/** Whether the process runs, and whether it can answer. */
export const Health = z.object({ status: z.literal("ok"), version: z.string() });
export type Health = z.infer<typeof Health>;

export const Readiness = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("ready"),
    papers: z.int(),
    passages: z.int(),
    embeddingModel: z.string(),
    answerModel: z.string(),
    /** Where there are several: those that a question may choose, the default first. */
    answerModels: z.array(z.string()).optional(),
    components: z.record(z.string(), z.string()),
    /** When the index that answers was made. */
    indexedAt: z.iso.datetime().optional(),
  }),
  z.object({ status: z.literal("indexing"), done: z.int(), total: z.int() }),
]);
export type Readiness = z.infer<typeof Readiness>;

const share = z.number().min(0).max(1);

/**
 * A paper as a dot: compact, since there may be 20,000 of them. Papers of like meaning lie near each other; x and y
 * are shares of the map's side, y downwards, and the group is a position in `groups`.
 */
export const MapPaper = z.tuple([
  z.string().describe("id"),
  share.describe("x"),
  share.describe("y"),
  z.int().min(0).describe("group"),
  z.string().describe("title"),
  z.int().nullable().describe("year"),
]);
export type MapPaper = z.infer<typeof MapPaper>;

/** Papers that lie together: the terms that tell them from all others, best first, the middle of them, how many. */
export const MapGroup = z.object({
  terms: z.array(z.string()),
  x: share,
  y: share,
  papers: z.int().min(1),
});
export type MapGroup = z.infer<typeof MapGroup>;

/** In corpus order; the groups largest first. */
export const MapResponse = z.object({
  papers: z.array(MapPaper),
  groups: z.array(MapGroup),
  /** The papers have changed since: their map is being drawn, and may be asked for again a little later. */
  drawing: z.literal(true).optional(),
});
export type MapResponse = z.infer<typeof MapResponse>;

/** How far an answer is. */
export const Stage = z.enum(["rewriting", "retrieving", "answering", "verifying"]);
export type Stage = z.infer<typeof Stage>;

export const ReferenceFormat = z.enum(["bibtex", "ris", "csl-json", "text"]);
export type ReferenceFormat = z.infer<typeof ReferenceFormat>;
/** The references to some papers, in the order in which they are named. */
export const CitationsBody = z.object({
  paperIds: z.array(z.string().min(1).max(128)).min(1).max(MAX_SCOPE_PAPERS),
  format: ReferenceFormat.default("bibtex"),
});
export type CitationsBody = z.infer<typeof CitationsBody>;

export const ExportFormat = z.enum(["markdown", "json", "bibtex", "ris"]);
export type ExportFormat = z.infer<typeof ExportFormat>;
