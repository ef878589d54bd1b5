/** The request to the model for one answer: which prompt, and of the sources the passages that fit. */

import { randomBytes } from "node:crypto";
import { readPaper } from "../../corpus/read-paper.ts";
import type { ChatMessage } from "../../model/chat-model.ts";
import type { PromptName, Prompts } from "../../model/prompts.ts";
import type { Paper, Source } from "../../protocol.ts";
import { languageOf } from "../../question/language/language.ts";
import type { SentenceSpan } from "../../text/sentences.ts";
import { estimateTokens } from "../../util/strings.ts";
import type { AnswerRequest } from "../answerer.ts";
import { withoutOwnNotes } from "../citation-stream/citation-forms.ts";

export interface TokenLimits {
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Of these, kept for the answer. */
  readonly maxTokens: number;
}

const PROMPTS_LANGUAGE = "en";
/** Share of the window that sources get at least, where LLM_MAX_TOKENS would leave them less. */
const LEAST_SHARE = 0.3;

interface AnswerMessages {
  readonly messages: ChatMessage[];
  /** What the model was shown of each source, by its marker: no other may be cited. */
  readonly shown: ReadonlyMap<number, string>;
}

/** @param fence opaque, new for each request */
export function answerMessages(
  request: AnswerRequest,
  prompts: Prompts,
  limits: TokenLimits,
  fence: string,
): AnswerMessages {
  const name = promptFor(request);
  // A model reads what is pasted too; of so long a message little is left to an earlier one.
  const question = unfenced(request.whole ?? request.standalone.text, fence);
  const empty = prompts.fill(name, { fence, question, sources: "" });
  const prompt = empty.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  const { contextTokens, maxTokens } = limits;
  const budget = Math.max(contextTokens - maxTokens - prompt, contextTokens * LEAST_SHARE);
  const texts = sourceTexts(request.sources, request.paper, budget);
  const sources = request.sources
    .flatMap((source) => {
      const text = texts.get(source.marker);
      return text === undefined ? [] : [block(source, text, fence)];
    })
    .join("\n");
  const messages = prompts.fill(name, { fence, question, sources });
  return { messages: inLanguage(messages, languageOf(request.question.text)), shown: texts };
}

/** Small models answer in the language of the sources unless they are told last. */
function inLanguage(messages: ChatMessage[], language: string | undefined): ChatMessage[] {
  const last = messages.at(-1);
  if (last === undefined || language === undefined || language === PROMPTS_LANGUAGE) return messages;
  const name = new Intl.DisplayNames(["en"], { type: "language" }).of(language) ?? language;
  return [...messages.slice(0, -1), { ...last, content: `${last.content}\n\nAnswer in ${name}.` }];
}

function promptFor({
  task,
  standalone,
  sources,
}: AnswerRequest): PromptName & ("answer" | "compare" | "summarize") {
  if (task === "summary") return "summarize";
  return sources.length > 1 && standalone.says("comparison") ? "compare" : "answer";
}

function block({ marker, paper: { title, year } }: Source, text: string, fence: string): string {
  const head = `[${marker}] ${title}${year === undefined ? "" : ` (${year})`}`;
  const body = withoutOwnNotes(text);
  return `<${fence} n="${marker}">\n${unfenced(`${head}\n${body}`, fence)}\n</${fence}>`;
}

/** Without the fence's name, should a text hold it all the same. */
function unfenced(text: string, fence: string): string {
  return text.replaceAll(fence, "");
}

// What of the sources goes to the model: the best passages that fit, never cut inside a sentence.

/** Tokens of a source beside its title and sentences: fences, number, year, line breaks. */
const FRAME_TOKENS = 24;
/** Stands where sentences were left out. */
const GAP = "…";

interface Piece extends SentenceSpan {
  readonly paper: Paper;
  readonly tokens: number;
}

/**
 * The text of each source that got room, by its marker. First every source's best passages in rank order, then what is
 * left of the abstracts in the same order: with little room many sources say their most fitting sentences, not one all.
 * @param budget tokens
 */
export function sourceTexts(
  sources: readonly Source[],
  paper: (id: string) => Paper,
  budget: number,
): Map<number, string> {
  const chosen = new Map<number, Set<Piece>>();
  let room = budget;
  const all = sources.map((source) => ({ source, pieces: piecesOf(paper(source.paper.id)) }));
  const take = ({ marker, paper: { title } }: Source, piece: Piece): void => {
    const own = chosen.get(marker);
    const tokens = piece.tokens + (own === undefined ? FRAME_TOKENS + estimateTokens(title) : 0);
    if (own?.has(piece) || tokens > room) return;
    room -= tokens;
    if (own === undefined) chosen.set(marker, new Set([piece]));
    else own.add(piece);
  };
  for (const { source, pieces } of all) {
    for (const passage of source.passages) {
      for (const piece of pieces)
        if (passage.field === "abstract" && isWithin(piece, passage)) take(source, piece);
    }
  }
  for (const { source, pieces } of all) for (const piece of pieces) take(source, piece);
  return new Map(
    all.flatMap(({ source: { marker }, pieces }) => {
      const own = chosen.get(marker);
      return own === undefined ? [] : [[marker, join(pieces, own)] as const];
    }),
  );
}

function piecesOf(paper: Paper): Piece[] {
  return readPaper(paper).sentences.map(({ start, end, text }) => ({
    start,
    end,
    paper,
    tokens: estimateTokens(text) + 1,
  }));
}

function isWithin(piece: SentenceSpan, passage: SentenceSpan): boolean {
  return piece.start >= passage.start && piece.end <= passage.end;
}

function join(pieces: readonly Piece[], chosen: ReadonlySet<Piece>): string {
  const parts: string[] = [];
  for (const piece of pieces) {
    if (chosen.has(piece)) parts.push(piece.paper.abstract.slice(piece.start, piece.end));
    else if (parts.at(-1) !== GAP) parts.push(GAP);
  }
  return parts.join(" ");
}

/**
 * A name for the fences around data in one request. 64 random bits: text that was written before the request cannot
 * hold it, and so cannot close the fence.
 */
export function newFence(): string {
  return `data-${randomBytes(8).toString("hex")}`;
}
