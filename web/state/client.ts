import { FootnoteClient } from "../../src/client.ts";
import { BASE } from "../router/base.ts";
import { connection } from "./connection.ts";
import { sessionKey, setSessionKey } from "./session-key.ts";

/** The page's client of the server that it came from. */
export const client = new FootnoteClient({
  url: location.origin + BASE,
  token: sessionKey,
  onState: (state) => {
    if (state.kind !== "refused") return connection.set(state);
    // Where no key was given, nothing was wrong with it.
    connection.set({ kind: "refused", message: sessionKey() === undefined ? "" : state.message });
    setSessionKey(undefined);
  },
});
