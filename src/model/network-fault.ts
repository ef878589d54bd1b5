import { ModelError, type ModelFault } from "./model-error.ts";

/** Codes of Node's sockets and of its fetch (undici). */
const FAULTS: Record<string, ModelFault> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "unknown-host",
};

/** A request that got no answer at all. */
export function networkFault(error: unknown): ModelError {
  const code = codeOf(error);
  return new ModelError(FAULTS[code ?? ""] ?? "unreachable", { detail: code });
}

/** The first code in the chain of causes. */
export function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return undefined;
}
