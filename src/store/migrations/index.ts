import { CONVERSATIONS } from "./0001-conversations.ts";
import { DELIVERIES } from "./0002-deliveries.ts";
import { SEARCH } from "./0003-search.ts";

/** The steps from an empty database to the present schema. One that has been released is never changed: add another. */
export const MIGRATIONS: readonly string[] = [CONVERSATIONS, DELIVERIES, SEARCH];
