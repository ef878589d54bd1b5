import { FootnoteClient } from "../../src/client.ts";
import { connection } from "./connection.ts";
import { sessionKey } from "./session-key.ts";

/** The page's client of the server that it came from. */
export const client = new FootnoteClient({
  url: location.origin,
  token: sessionKey,
  onState: connection.set,
});
