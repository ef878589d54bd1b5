import { randomBytes } from "node:crypto";

/** 128 random bits as 22 URL-safe characters: nobody guesses one, and two are never alike. */
export function randomId(): string {
  return randomBytes(16).toString("base64url");
}
