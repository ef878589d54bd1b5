import type { Finding } from "../assistant/doctor/finding.ts";
import { paint } from "./paint.ts";
import { terminalText } from "./terminal-text.ts";

/** Columns that the state takes, so that the messages stand under each other. */
const STATE_COLUMNS = 9;

/** `ok       Node 20.20.2` */
export function findingLine({ state, message }: Finding, colour: boolean): string {
  const padded = state.padEnd(STATE_COLUMNS);
  const { bold, dim } = paint(colour);
  return `${state === "ok" ? dim(padded) : bold(padded)}${terminalText(message).replace(/\s*\n\s*/g, " ")}`;
}
