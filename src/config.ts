/** The only reader of the environment: `.env` and `process.env` → one frozen, checked Config. */
import path from "node:path";
import { z } from "zod";
import { parsePublicUrl, parseTrustedProxies, type TrustedProxies } from "./config/addresses.ts";
import { type ApiKey, parseApiKeys } from "./config/api-keys.ts";
import { checkEgress, EGRESS_VARIABLES, type Egress, type FetchConfig } from "./config/egress.ts";
import { misspeltVariables, readEnvFile } from "./config/env-file.ts";
import {
  LANGUAGE_MODEL_VARIABLES,
  type LanguageModelConfig,
  languageModelsOf,
  missingAccess,
} from "./config/language-model.ts";
import { SLACK_VARIABLES, type SlackConfig, slackOf } from "./config/slack.ts";
import { AppError } from "./errors.ts";

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `takes a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `takes a whole number from ${min} to ${max}`);
const flag = z
  .enum(["true", "false", "1", "0"], "takes true or false")
  .transform((value) => value === "true" || value === "1");
const list = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);
const folder = z.string().transform((value) => path.resolve(value));
/** What `read` makes of the text; the sentence that it throws is the fault. */
const readBy = <Value>(read: (text: string) => Value) =>
  z.string().transform((text, { addIssue }) => {
    try {
      return read(text);
    } catch (error) {
      addIssue(error instanceof Error ? error.message : String(error));
      return z.NEVER;
    }
  });
const modelName = (takes: string) =>
  z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, takes)
    .refine((name) => !name.split("/").includes(".."), "must not leave MODELS_DIR");

const Environment = z.object({
  PORT: whole(0, 65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  SEEDS_DIR: folder.prefault("./seeds"),
  VECTORSTORE_DIR: folder.prefault("./vectorstore"),
  MODELS_DIR: folder.optional(),
  DATA_DIR: folder.prefault("./data"),
  EMBEDDING_MODEL: modelName("takes a folder under MODELS_DIR or a hub name such as owner/model").default(
    "footnote/papers-static",
  ),
  EMBEDDING_ALLOW_DOWNLOAD: flag.default(false),
  EMBEDDING_POOLING: z.enum(["mean", "cls"], "takes mean or cls").default("mean"),
  EMBEDDING_QUERY_PREFIX: z.string().default(""),
  EMBEDDING_PASSAGE_PREFIX: z.string().default(""),
  READER_MODEL: modelName("takes a folder under MODELS_DIR, or none").default("footnote/papers-reader"),
  ...LANGUAGE_MODEL_VARIABLES,
  ...EGRESS_VARIABLES,
  RETRIEVAL_TOP_K: whole(1, 100).default(8),
  SEEDS_WATCH: flag.default(false),
  INGEST_UPLOAD_MB: whole(1, 1_000_000).default(2048),
  API_KEYS: readBy(parseApiKeys).optional(),
  AUTH: z.literal("none", "takes none, or nothing").optional(),
  ALLOWED_ORIGINS: list.prefault(""),
  ALLOWED_HOSTS: list.prefault(""),
  TRUST_PROXY: readBy(parseTrustedProxies).prefault("0"),
  RATE_LIMIT_PER_MINUTE: whole(0, 1_000_000).default(120),
  MAX_CONCURRENT_ANSWERS: whole(0, 100_000).default(64),
  PUBLIC_URL: readBy(parsePublicUrl).optional(),
  ...SLACK_VARIABLES,
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "takes fatal, error, warn, info, debug, trace or silent",
    )
    .default("info"),
});

/** Every variable that Footnote reads. */
export const VARIABLES: ReadonlySet<string> = new Set(Object.keys(Environment.shape));

/** Variables whose value is never printed. */
const SECRET = new Set(["API_KEYS", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"]);

type Parsed = z.infer<typeof Environment>;

export interface Config {
  readonly server: {
    readonly port: number;
    readonly host: string;
    /** Who may ask; with none there is one owner, `local`. */
    readonly apiKeys: readonly ApiKey[];
    /** It is meant that anyone who reaches the server may ask. */
    readonly openToAll: boolean;
    readonly trustedProxies: TrustedProxies;
    /** Asks a minute by owner and address; 0: no limit. */
    readonly rateLimitPerMinute: number;
    /** Past this, asks wait in line; 0: no limit. */
    readonly maxConcurrentAnswers: number;
    readonly allowedOrigins: readonly string[];
    readonly allowedHosts: readonly string[];
    /** Where users reach it, with the path where that has one, without a slash at its end. */
    readonly publicUrl: string | undefined;
    readonly logLevel: Parsed["LOG_LEVEL"];
  };
  readonly folders: {
    readonly seeds: string;
    readonly vectorstore: string;
    readonly models: string;
    readonly data: string;
  };
  readonly embedding: {
    readonly model: string;
    readonly allowDownload: boolean;
    readonly pooling: "mean" | "cls";
    readonly queryPrefix: string;
    readonly passagePrefix: string;
  };
  /** Folder of the reader below `folders.models`; undefined: papers are ranked without reading them. */
  readonly readerModel: string | undefined;
  /** "extractive" or "provider:model": what answers where a question does not choose. */
  readonly llm: string;
  /** Undefined where `llm` is "extractive"; the first of `languageModels` otherwise. */
  readonly languageModel: LanguageModelConfig | undefined;
  /** All that a question may choose. */
  readonly languageModels: readonly LanguageModelConfig[];
  /** What may be contacted beyond this machine. */
  readonly egress: Egress;
  /** How papers are fetched by name. */
  readonly fetching: FetchConfig;
  /** Papers that an answer may draw on. */
  readonly topK: number;
  /** What changes in `folders.seeds` is ingested while the server runs. */
  readonly watchSeeds: boolean;
  /** Bytes of the files that are added in one step from the page. */
  readonly uploadBytes: number;
  /** Undefined without SLACK_BOT_TOKEN. */
  readonly slack: SlackConfig | undefined;
  /** What is set, but not read as it looks; each of one line, for the operator. */
  readonly warnings: readonly string[];
}

/**
 * Reads `.env` in `workingFolder` (real variables win) and checks every variable of `.env.example`.
 * @throws AppError (config) with one line: the variable, its value, what is allowed; `field` is its name.
 */
export function loadConfig(
  variables: NodeJS.ProcessEnv = process.env,
  workingFolder: string = process.cwd(),
): Config {
  const file = readEnvFile(path.join(workingFolder, ".env"), VARIABLES);
  const set = Object.entries({ ...file.variables, ...variables }).filter(([, value]) => value !== "");
  const given = Object.fromEntries(set);
  const result = Environment.safeParse(given);
  if (!result.success) throw wrongVariable(result.error, given);
  if (result.data.AUTH === "none" && result.data.API_KEYS !== undefined) {
    throw new AppError("config", 'AUTH="none": API_KEYS is set too, remove one of the two', {
      field: "AUTH",
    });
  }
  const languageModels = languageModelsOf(result.data, given);
  const missing = languageModels.map(missingAccess).find((sentence) => sentence !== undefined);
  if (missing !== undefined)
    throw new AppError("config", `LLM=${JSON.stringify(result.data.LLM)}: ${missing}`, { field: "LLM" });
  const slack = slackOf(result.data);
  checkEgress(result.data, languageModels, slack);
  const warnings = [...file.warnings, ...misspeltVariables(given, VARIABLES)];
  return freeze(result.data, languageModels, slack, warnings);
}

function wrongVariable(error: z.ZodError, given: Record<string, unknown>): AppError {
  const issue = error.issues[0];
  const name = String(issue?.path[0]);
  const value = SECRET.has(name) ? "" : `=${JSON.stringify(given[name])}`;
  return new AppError("config", `${name}${value}: ${issue?.message}`, { field: name });
}

function freeze(
  env: Parsed,
  languageModels: readonly LanguageModelConfig[],
  slack: SlackConfig | undefined,
  warnings: readonly string[],
): Config {
  return Object.freeze({
    server: Object.freeze({
      port: env.PORT,
      host: env.HOST,
      apiKeys: env.API_KEYS ?? [],
      openToAll: env.AUTH === "none",
      trustedProxies: env.TRUST_PROXY,
      rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
      maxConcurrentAnswers: env.MAX_CONCURRENT_ANSWERS,
      allowedOrigins: env.ALLOWED_ORIGINS,
      allowedHosts: env.ALLOWED_HOSTS,
      publicUrl: env.PUBLIC_URL,
      logLevel: env.LOG_LEVEL,
    }),
    folders: Object.freeze({
      seeds: env.SEEDS_DIR,
      vectorstore: env.VECTORSTORE_DIR,
      models: env.MODELS_DIR ?? path.join(env.VECTORSTORE_DIR, "models"),
      data: env.DATA_DIR,
    }),
    embedding: Object.freeze({
      model: env.EMBEDDING_MODEL,
      allowDownload: env.EMBEDDING_ALLOW_DOWNLOAD,
      pooling: env.EMBEDDING_POOLING,
      queryPrefix: env.EMBEDDING_QUERY_PREFIX,
      passagePrefix: env.EMBEDDING_PASSAGE_PREFIX,
    }),
    readerModel: env.READER_MODEL === "none" ? undefined : env.READER_MODEL,
    llm: languageModels[0]?.name ?? env.LLM,
    languageModel: languageModels[0],
    languageModels: Object.freeze(languageModels),
    egress: env.EGRESS,
    fetching: Object.freeze({
      isAllowed: env.INGEST_ALLOW_NETWORK,
      contact: env.INGEST_CONTACT,
      arxivUrl: env.INGEST_ARXIV_URL,
      crossrefUrl: env.INGEST_CROSSREF_URL,
    }),
    watchSeeds: env.SEEDS_WATCH,
    uploadBytes: env.INGEST_UPLOAD_MB * 1024 * 1024,
    topK: env.RETRIEVAL_TOP_K,
    slack,
    warnings: Object.freeze(warnings),
  });
}
