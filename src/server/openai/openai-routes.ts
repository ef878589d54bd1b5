/** What OpenAI's clients call: `/v1/chat/completions`, `/v1/models`, `/v1/embeddings`. */
import { z } from "zod";
import { AppError } from "../../errors.ts";
import type { Answer } from "../../protocol.ts";
import { estimateTokens } from "../../util/strings.ts";
import type { AnswerRun } from "../answers/answer-run.ts";
import { defineRoute } from "../http/route.ts";
import { json } from "../http/route-result.ts";
import { openAiError, toAppError } from "../problem.ts";
import type { Services } from "../services.ts";
import { annotationsOf, BoundedText, replyText, usageOf } from "./chat-reply.ts";
import { ChatCompletionBody, type ChatRequest, readChat } from "./chat-request.ts";

/** Bytes of a body: a long talk is sent again with every question. */
const BODY_BYTES = 4 * 1024 * 1024;
/** The names that are always there: the default, and the papers' own sentences. */
const MODEL = "footnote";
const EXTRACTIVE = "footnote-extractive";
/** The server began to have it then; clients show the date. */
const CREATED = 1_735_689_600;

const Usage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});
const ChatCompletion = z.object({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.int(),
  model: z.string(),
  choices: z.array(z.looseObject({ index: z.int(), finish_reason: z.enum(["stop", "length"]) })),
  usage: Usage,
  citations: z.array(z.looseObject({})),
});
const ModelObject = z.object({
  id: z.string(),
  object: z.literal("model"),
  created: z.int(),
  owned_by: z.string(),
});

/** Texts of one request, and letters of one: what a second of one processor takes. */
const MOST_TEXTS = 256;
const MOST_TEXT_LETTERS = 20_000;
const Text = z.string().min(1).max(MOST_TEXT_LETTERS);
const EmbeddingsBody = z.object({
  model: z.string().max(200).nullish(),
  input: z.union([Text, z.array(Text).min(1).max(MOST_TEXTS)]),
  encoding_format: z.enum(["float", "base64"]).nullish(),
});
const EmbeddingsResponse = z.object({
  object: z.literal("list"),
  data: z.array(
    z.object({
      object: z.literal("embedding"),
      index: z.int(),
      embedding: z.union([z.array(z.number()), z.string()]),
    }),
  ),
  model: z.string(),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
});

/** 32-bit numbers, the lowest byte first. */
function base64Of(vector: Float32Array): string {
  const bytes = Buffer.alloc(4 * vector.length);
  for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, 4 * at);
  return bytes.toString("base64");
}

export const openAiRoutes = [
  defineRoute({
    method: "post",
    path: "/v1/chat/completions",
    summary: "An answer for OpenAI's clients: its text ends with the references, `citations` has the notes",
    body: ChatCompletionBody,
    bodyBytes: BODY_BYTES,
    answers: [
      {
        status: 200,
        description: "The completion, or its chunks with `stream`",
        schema: ChatCompletion,
        mediaTypes: ["application/json", "text/event-stream"],
      },
    ],
    errors: ["not_found", "rate_limited", "indexing", "busy", "model_error"],
    handle: async ({ principal, body, gone }, services) => {
      const model = modelNamed(body.model ?? MODEL, services);
      const request = readChat(body);
      const { question, history } = request;
      const run = services.runs.start(principal, { question, history, model: answererOf(model) });
      gone.addEventListener("abort", () => run.cancel());
      await run.started;
      const head = { id: `chatcmpl-${run.messageId}`, created: Math.floor(Date.now() / 1000), model };
      if (body.stream !== true) return json(await whole(run, request, head));
      const withUsage = body.stream_options?.include_usage === true;
      return { kind: "raw-events", events: chunks(run, request, { ...head, withUsage }) };
    },
  }),
  defineRoute({
    method: "post",
    path: "/v1/embeddings",
    summary: "The vectors of texts, by the model that papers are found with",
    body: EmbeddingsBody,
    bodyBytes: BODY_BYTES,
    answers: [{ status: 200, description: "The vectors", schema: EmbeddingsResponse }],
    errors: ["rate_limited", "indexing"],
    handle: async ({ principal, body, gone }, { assistant, countSearch }) => {
      countSearch(principal);
      const texts = [body.input].flat();
      const { model, vectors } = await assistant.embed({ texts, signal: gone });
      const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
      const inBase64 = body.encoding_format === "base64";
      return json({
        object: "list",
        data: vectors.map((vector, index) => ({
          object: "embedding",
          index,
          embedding: inBase64 ? base64Of(vector) : [...vector],
        })),
        model,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      });
    },
  }),
  defineRoute({
    method: "get",
    path: "/v1/models",
    summary: "The names under which answers are asked for",
    answers: [
      {
        status: 200,
        description: "The models",
        schema: z.object({ object: z.literal("list"), data: z.array(ModelObject) }),
      },
    ],
    errors: [],
    handle: (_, services) => json({ object: "list", data: modelsOf(services).map(modelObject) }),
  }),
  defineRoute({
    method: "get",
    path: "/v1/models/:model",
    summary: "One of these names",
    answers: [{ status: 200, description: "The model", schema: ModelObject }],
    errors: ["not_found"],
    handle: ({ param }, services) => json(modelObject(modelNamed(param("model"), services))),
  }),
];

/** Asks the model that is set first, or none where none is set; beside it the papers alone, and each that is set. */
function modelsOf({ assistant }: Services): string[] {
  const readiness = assistant.readiness();
  const set = readiness.status === "ready" ? (readiness.answerModels ?? [readiness.answerModel]) : [];
  return [MODEL, EXTRACTIVE, ...set.filter((name) => name !== "extractive")];
}

/** As the assistant calls it; undefined for the default. */
function answererOf(model: string): string | undefined {
  if (model === MODEL) return undefined;
  return model === EXTRACTIVE ? "extractive" : model;
}

function modelObject(id: string): z.infer<typeof ModelObject> {
  return { id, object: "model", created: CREATED, owned_by: "footnote" };
}

/** @throws AppError not_found that names those there are */
function modelNamed(name: string, services: Services): string {
  const known = modelsOf(services);
  if (known.includes(name)) return name;
  const fact = `The model ${JSON.stringify(name)} does not exist`;
  throw new AppError("not_found", `${fact}: there are ${known.join(", ")}`, { field: "model" });
}

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

interface Reply {
  readonly answer: Answer | undefined;
  readonly text: string;
  readonly finish: "stop" | "length";
}

/** The text that the client is given, as it comes. @throws AppError that ended the answer */
async function* reply(run: AnswerRun, { stop, maxTokens }: ChatRequest): AsyncGenerator<string, Reply> {
  const bounded = new BoundedText(stop, maxTokens);
  const texts = replyText(run.follow(0));
  let text = "";
  for (;;) {
    const { done, value } = await texts.next();
    const piece = done ? bounded.end() : bounded.push(value);
    text += piece;
    if (piece !== "") yield piece;
    if (done) return { answer: value, text, finish: bounded.finish ?? "stop" };
  }
}

async function whole(run: AnswerRun, request: ChatRequest, head: Head) {
  const pieces = reply(run, request);
  let next = await pieces.next();
  while (!next.done) next = await pieces.next();
  const { answer, text, finish } = next.value;
  const annotations = annotationsOf(answer ?? { citations: [] });
  const message = { role: "assistant", content: text, refusal: null, annotations };
  return {
    ...head,
    object: "chat.completion",
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
    usage: usageOf(answer, request.question, text),
    citations: answer?.citations ?? [],
  };
}

/** Events of `data:` lines, `[DONE]` the last; a fault in their midst is one of them. */
async function* chunks(
  run: AnswerRun,
  request: ChatRequest,
  { withUsage, ...head }: Head & { readonly withUsage: boolean },
): AsyncGenerator<string, void> {
  // Who wants the usage finds it in every chunk, empty but for the last.
  const chunk = (choices: readonly object[], more: object = {}) =>
    event({
      ...head,
      object: "chat.completion.chunk",
      choices,
      ...(withUsage ? { usage: null } : {}),
      ...more,
    });
  const choice = (delta: object, finish: string | null = null) => [
    { index: 0, delta, logprobs: null, finish_reason: finish },
  ];
  try {
    yield chunk(choice({ role: "assistant", content: "", refusal: null }));
    const pieces = reply(run, request);
    let next = await pieces.next();
    for (; !next.done; next = await pieces.next()) yield chunk(choice({ content: next.value }));
    const { answer, text, finish } = next.value;
    const annotations = annotationsOf(answer ?? { citations: [] });
    const delta = annotations.length === 0 ? {} : { annotations };
    yield chunk(choice(delta, finish), { citations: answer?.citations ?? [] });
    if (withUsage) yield chunk([], { usage: usageOf(answer, request.question, text) });
  } catch (error) {
    yield event(openAiError(toAppError(error)));
  }
  yield "data: [DONE]\n\n";
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
