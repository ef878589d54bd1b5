/** What the edges (server, Slack, command line, evaluation) are handed: everything Footnote can do, without a transport. */
import type { Readable } from "node:stream";
import type {
  Addition,
  AnswerEvent,
  AskBody,
  BodyResponse,
  Conversation,
  ExportFormat,
  Facets,
  Feedback,
  FindResponse,
  MapResponse,
  Message,
  Paper,
  PaperFilter,
  PaperOrder,
  PaperResponse,
  Readiness,
  ReferenceFormat,
  Scope,
  SearchResponse,
} from "../protocol.ts";
import type { Page } from "../store/conversations/conversation-store.ts";

export type { Delivery, DeliveryStore } from "../store/deliveries/delivery-store.ts";

/** A question and its answer that the asker hands over, instead of naming a conversation that is kept here. */
export interface GivenTurn {
  readonly question: string;
  readonly papers: readonly { readonly title: string }[];
  readonly sources: readonly { readonly marker: number; readonly title: string }[];
  readonly answer: string;
}

export interface AskRequest extends AskBody {
  /** What was said before, oldest first, where no conversation holds it. */
  readonly history?: readonly GivenTurn[] | undefined;
  readonly owner: string;
  /** 128 random bits, given by the caller so that it can name the answer before the first event. */
  readonly messageId: string;
  /** Stops the answer; what was written so far is kept and sent as `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface SearchRequest {
  readonly query: string;
  readonly limit: number;
  readonly scope?: Scope | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FindRequest {
  /** A sentence, or a few. */
  readonly text: string;
  readonly limit: number;
  readonly scope?: Scope | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface IngestProgress {
  readonly stage: "reading" | "embedding" | "writing";
  readonly done: number;
  readonly total: number;
}

/** A record or file that could not be used. */
export interface IngestProblem {
  readonly file: string;
  readonly line?: number | undefined;
  readonly reason: string;
}

export interface IngestReport {
  readonly papers: number;
  readonly passages: number;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Records that named a paper another record had named already. */
  readonly duplicates: number;
  readonly embedded: number;
  readonly problems: readonly IngestProblem[];
  /** What was left out of papers that came in, converted, or merged. */
  readonly notes: readonly IngestProblem[];
  readonly tookMs: number;
}

export interface IngestRequest {
  /** Files, folders, and papers by name, such as arxiv:2310.01234; absent: SEEDS_DIR. */
  readonly paths?: readonly string[] | undefined;
  /** The name of a corpus that all papers read are put into, beside those they are in. */
  readonly corpus?: string | undefined;
  /** Embed everything again, whatever the store holds. */
  readonly rebuild?: boolean | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface EmbedRequest {
  readonly texts: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface TagChange {
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

interface PageOf {
  readonly nextCursor?: string;
  readonly total: number;
}

export interface StartOptions {
  /** Then index what is new in SEEDS_DIR, and keep noticing an index that another process has rebuilt. */
  readonly follow?: boolean | undefined;
  /** Then wait until the reader has read every paper: what is answered does not hang on how far it has come. */
  readonly read?: boolean | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The conversations of one owner. All methods throw AppError not_found for what this owner does not have; those that
 * write also busy, when another program held the database for too long, and stop waiting when the signal aborts.
 */
export interface Conversations {
  list(
    owner: string,
    options: Page & { query?: string | undefined },
  ): Promise<PageOf & { conversations: Conversation[] }>;
  /** Whose a conversation is, for who may know. */
  ownerOf(id: string): Promise<string | undefined>;
  /** With one page of its messages, oldest first. */
  get(owner: string, id: string, page: Page): Promise<Conversation & PageOf & { messages: Message[] }>;
  rename(owner: string, id: string, title: string, signal?: AbortSignal): Promise<Conversation>;
  remove(owner: string, id: string, signal?: AbortSignal): Promise<void>;
  restore(owner: string, id: string, signal?: AbortSignal): Promise<Conversation>;
  /**
   * The whole conversation as a document: its text in pieces, each made when it is asked for, its media type and a file
   * name to save it under.
   */
  export(
    owner: string,
    id: string,
    format: ExportFormat,
  ): Promise<{ chunks: AsyncIterable<string>; mediaType: string; fileName: string }>;
  message(owner: string, messageId: string): Promise<Message>;
  giveFeedback(owner: string, messageId: string, feedback: Feedback, signal?: AbortSignal): Promise<void>;
}

export interface PapersQuery extends Page {
  readonly query?: string | undefined;
  readonly filter?: PaperFilter | undefined;
  /** Those of one corpus. */
  readonly corpus?: string | undefined;
  readonly sort?: PaperOrder | undefined;
  /** What the papers found could be narrowed by is told too. */
  readonly facets?: boolean | undefined;
}

export interface Papers {
  /** By title and author, best match first; without a query in corpus order. @throws AppError indexing */
  list(options: PapersQuery): Promise<PageOf & { papers: Paper[]; facets?: Facets }>;
  /** Resolves aliases too. @throws AppError not_found */
  get(idOrAlias: string): Promise<PaperResponse>;
  /**
   * A part of the text below its abstract, as much of what is asked for as one response holds; without an end all of that.
   * @throws AppError not_found, also for a paper without one; bad_request for a span that is not in it
   */
  body(
    idOrAlias: string,
    span: { start?: number | undefined; end?: number | undefined },
  ): Promise<BodyResponse>;
  /** The reference to the paper. @throws AppError not_found */
  citation(idOrAlias: string, format: ReferenceFormat): Promise<{ body: string; mediaType: string }>;
  /** The references to several, in this order. @throws AppError not_found */
  citations(
    idsOrAliases: readonly string[],
    format: ReferenceFormat,
  ): Promise<{ body: string; mediaType: string }>;
}

/** Papers that are added while questions are answered: files come in, are looked at, are ingested, and can be taken back. */
export interface Additions {
  /** The newest first. */
  list(): Promise<Addition[]>;
  /** @throws AppError not_found, as all that name one */
  get(id: string): Promise<Addition>;
  /** @throws AppError conflict while too many are open */
  open(): Promise<Addition>;
  /**
   * Keeps a file for it: of the content, not the name, its reader is told.
   * @throws AppError conflict once it has begun, bad_request for its name, too_large past INGEST_UPLOAD_MB
   */
  addFile(id: string, name: string, content: Readable | string, signal?: AbortSignal): Promise<Addition>;
  /** Begins to tell what it would change. @throws AppError conflict, bad_request when it has no files */
  preview(id: string): Promise<Addition>;
  /** Begins to ingest it. @throws AppError conflict, bad_request when it has no files */
  start(id: string): Promise<Addition>;
  /** Stops it; what was ingested stays. @throws AppError conflict when it is over */
  cancel(id: string): Promise<Addition>;
  /** Takes back what the last one changed. @throws AppError conflict */
  undo(id: string): Promise<Addition>;
}

export interface Assistant {
  readonly conversations: Conversations;
  readonly papers: Papers;
  readonly additions: Additions;
  /**
   * Resolves when questions can be answered: at once with the index on disk, or after indexing SEEDS_DIR when there is
   * none. `readiness` tells how far it is.
   * @throws AppError when the index is damaged (internal) or of another model (config), with the command that fixes it.
   */
  start(options?: StartOptions): Promise<void>;
  readiness(): Readiness;
  /**
   * One answer, event by event: start, status…, sources, delta and citation…, then exactly one of done or aborted.
   * The question is stored before `start`, the finished message before `done`.
   * @throws AppError before the first event: bad_request, not_found (conversation, parent, scope), indexing, busy;
   * after it only internal and busy.
   */
  ask(request: AskRequest): AsyncGenerator<AnswerEvent, void>;
  /** @throws AppError bad_request, not_found (scope), indexing */
  search(request: SearchRequest): Promise<SearchResponse>;
  /** The vectors of texts, each of unit length, by the model that papers are found with, and its name. */
  embed(request: EmbedRequest): Promise<{ model: string; vectors: Float32Array[] }>;
  /** Where a sentence was read: the papers that say it, or nearly. @throws AppError indexing */
  find(request: FindRequest): Promise<FindResponse>;
  /** A cited summary of one paper, as `ask` gives it. @throws AppError not_found when no title or id is near enough */
  summarize(titleOrId: string, request: Omit<AskRequest, "question">): AsyncGenerator<AnswerEvent, void>;
  /** A few questions that this corpus answers well, each of another kind. @throws AppError indexing */
  suggestions(): Promise<string[]>;
  /**
   * The papers by meaning, drawn in the background: after a swap the previous map is served until the new one is ready. The
   * same object until it changes. @throws AppError indexing while there is none
   */
  map(): MapResponse;
  /** One at a time: a second waits for the first. @throws AppError bad_request when no paper at all came out */
  ingest(request: IngestRequest): Promise<IngestReport>;
  /**
   * Removes papers for good, whatever SEEDS_DIR holds; answers that cite them keep their notes.
   * @throws AppError not_found that names the id; bad_request when none would be left
   */
  removePapers(ids: readonly string[], signal?: AbortSignal): Promise<IngestReport>;
  /** Sets tags by hand, which then count whatever the papers' files say. @throws AppError not_found that names the id */
  tagPapers(ids: readonly string[], change: TagChange, signal?: AbortSignal): Promise<IngestReport>;
  /** Ends background work and closes the stores. */
  close(): Promise<void>;
}
