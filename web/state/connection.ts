import type { ConnectionState } from "../../src/client.ts";
import { Store } from "./store.ts";

/** How the page is connected with the server, and as whom. */
export const connection = new Store<ConnectionState>({ kind: "closed" });
