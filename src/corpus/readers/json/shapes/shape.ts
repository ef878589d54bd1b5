import type { Draft } from "../../record/draft.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** How one source writes a paper as a JSON object. */
export interface JsonShape {
  fits(object: JsonObject): boolean;
  draft(object: JsonObject): Draft;
}
