import type { PoliteAnswer } from "./polite-client.ts";

/** What came of an id: a file's content that a reader takes, or why there is none. */
export type Fetched =
  | { readonly id: string; readonly content: string }
  | { readonly id: string; readonly reason: string };

export const isPage = (text: string): boolean => /^\s*(?:<!doctype html|<html)/i.test(text);

/** @param form what was expected */
export function strangeAnswer(service: string, form: string, { status, text }: PoliteAnswer): string {
  return `${service} answers with ${isPage(text) ? "a web page" : `no ${form}`} (HTTP ${status})`;
}
