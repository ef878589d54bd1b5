/** The one switch over everything that calls out, and what is fetched where it is let out. */
import { z } from "zod";
import { AppError } from "../errors.ts";
import { isLoopback } from "../util/is-loopback.ts";
import type { LanguageModelConfig } from "./language-model.ts";
import type { SlackConfig } from "./slack.ts";

/**
 * `none`: this machine alone is contacted. `models`: also the language model's server, Slack and, where downloads are
 * allowed, the hub of embedding models, as each is set. `all`: also who knows papers by their names.
 */
export type Egress = "none" | "models" | "all";

export interface FetchConfig {
  /** Whether papers are fetched by name. */
  readonly isAllowed: boolean;
  /** Where Crossref may write to when requests go wrong; undefined: nobody. */
  readonly contact: string | undefined;
  readonly arxivUrl: string;
  readonly crossrefUrl: string;
}

const address = z.url({ protocol: /^https?$/, error: "takes an http:// or https:// address" });

/** Members of the schema of the environment. */
export const EGRESS_VARIABLES = {
  EGRESS: z.enum(["none", "models", "all"], "takes none, models or all").default("models"),
  INGEST_ALLOW_NETWORK: z
    .enum(["true", "false", "1", "0"], "takes true or false")
    .transform((value) => value === "true" || value === "1")
    .default(false),
  INGEST_CONTACT: z.email("takes an e-mail address").optional(),
  INGEST_ARXIV_URL: address.default("https://export.arxiv.org/api/query"),
  INGEST_CROSSREF_URL: address.default("https://api.crossref.org/works"),
};

const Variables = z.object(EGRESS_VARIABLES);
type Variables = z.infer<typeof Variables>;

interface Outgoing extends Variables {
  readonly EMBEDDING_ALLOW_DOWNLOAD: boolean;
}

/** @throws AppError (config) that names what would be contacted although EGRESS keeps it in, and both ways out */
export function checkEgress(
  variables: Outgoing,
  languageModels: readonly LanguageModelConfig[],
  slack: SlackConfig | undefined,
): void {
  const { EGRESS } = variables;
  if (variables.INGEST_ALLOW_NETWORK && EGRESS !== "all") {
    throw new AppError(
      "config",
      `INGEST_ALLOW_NETWORK="true": EGRESS=${EGRESS} lets nobody be asked for papers, set EGRESS=all too`,
      { field: "INGEST_ALLOW_NETWORK" },
    );
  }
  const [first] = EGRESS === "none" ? remote(variables, languageModels, slack) : [];
  if (first === undefined) return;
  throw new AppError("config", `EGRESS="none": ${first}, or set EGRESS=models`, { field: "EGRESS" });
}

/** What would leave this machine, each with the fix. */
function remote(
  variables: Outgoing,
  languageModels: readonly LanguageModelConfig[],
  slack: SlackConfig | undefined,
): string[] {
  return [
    ...languageModels.flatMap((model) => {
      const host = remoteHost(model);
      return host === undefined ? [] : [`LLM=${model.name} sends questions to ${host}: set LLM=extractive`];
    }),
    ...(languageModels.some(({ tracing }) => tracing)
      ? ["FOOTNOTE_TRACING=true lets LangSmith be told: leave it out"]
      : []),
    ...(variables.EMBEDDING_ALLOW_DOWNLOAD
      ? ["EMBEDDING_ALLOW_DOWNLOAD=true fetches embedding models: leave it out"]
      : []),
    ...(slack === undefined || isHere(slack.apiUrl)
      ? []
      : [`SLACK_BOT_TOKEN sends answers to ${new URL(slack.apiUrl).host}: leave it out`]),
  ];
}

/** Undefined where the model is on this machine. */
function remoteHost({ provider, baseUrl }: LanguageModelConfig): string | undefined {
  if (baseUrl !== undefined) return isHere(baseUrl) ? undefined : new URL(baseUrl).host;
  // Without an address it is looked for on this machine.
  return provider === "ollama" ? undefined : `the usual address of ${provider}`;
}

const isHere = (url: string): boolean => isLoopback(new URL(url).hostname);
