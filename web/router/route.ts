import { BASE } from "./base.ts";

/** The pages, each with its address. */
export type Route =
  | { readonly page: "chat"; readonly conversationId?: string; readonly messageId?: string }
  | { readonly page: "papers" }
  | { readonly page: "paper"; readonly id: string }
  | { readonly page: "map" }
  | { readonly page: "add"; readonly additionId?: string }
  | { readonly page: "nowhere" };

export function parseRoute({ pathname, hash }: { pathname: string; hash: string }): Route {
  // Anyone who reaches the server itself, without its proxy, opens the same pages without the path in front.
  const isBelow = pathname === BASE || pathname.startsWith(`${BASE}/`);
  const below = isBelow ? pathname.slice(BASE.length) : pathname;
  const [first = "", second = "", ...more] = below.split("/").filter(Boolean).map(decode);
  if (more.length > 0) return { page: "nowhere" };
  if (first === "") return { page: "chat" };
  if (first === "c" && second !== "") {
    const messageId = decode(hash.slice(1));
    return { page: "chat", conversationId: second, ...(messageId === "" ? {} : { messageId }) };
  }
  if (first === "papers") return second === "" ? { page: "papers" } : { page: "paper", id: second };
  if (first === "add") return { page: "add", ...(second === "" ? {} : { additionId: second }) };
  if (first === "map" && second === "") return { page: "map" };
  return { page: "nowhere" };
}

export const chatPath = (conversationId?: string, messageId?: string): string =>
  conversationId === undefined
    ? `${BASE}/`
    : `${BASE}/c/${encodeURIComponent(conversationId)}${messageId === undefined ? "" : `#${encodeURIComponent(messageId)}`}`;

export const PAPERS_PATH = `${BASE}/papers`;
export const MAP_PATH = `${BASE}/map`;
export const ADD_PATH = `${BASE}/add`;

/** @param paperId the dot that is pointed at */
export const mapPath = (paperId: string): string => `${MAP_PATH}#${encodeURIComponent(paperId)}`;

/** The paper that the map's address points at. */
export const mapPaper = (): string => decode(location.hash.slice(1));

export const paperPath = (id: string): string => `${PAPERS_PATH}/${encodeURIComponent(id)}`;

export const additionPath = (id: string): string => `${ADD_PATH}/${encodeURIComponent(id)}`;

/** What is not encoded correctly stays as it is: it names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
