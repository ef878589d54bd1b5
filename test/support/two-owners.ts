/** The keys of two owners, the first of them an admin. */
import { parseApiKeys } from "../../src/config/api-keys.ts";

export const ALICE = "alices-key-0123456789";
export const BOB = "bobs-key-0123456789";
export const apiKeys = parseApiKeys(`alice:${ALICE}:admin,bob:${BOB}`);
export const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
