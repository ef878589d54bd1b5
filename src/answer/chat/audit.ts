import type { Citation, Paper } from "../../protocol.ts";
import type { ClaimSupport } from "./claim-support.ts";

export interface AuditInput {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly paperOf: (id: string) => Paper;
  readonly support: ClaimSupport;
  readonly signal?: AbortSignal | undefined;
}

export interface Audit {
  readonly citations: Citation[];
  readonly unsupported: { start: number; end: number }[];
  readonly saysNothing: boolean;
}

export async function auditAnswer(input: AuditInput): Promise<Audit> {
  return { citations: [...input.citations], unsupported: [], saysNothing: false };
}
