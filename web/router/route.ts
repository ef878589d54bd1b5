/** The pages, each with its address. */
export type Route =
  | { readonly page: "chat"; readonly conversationId?: string; readonly messageId?: string }
  | { readonly page: "papers" }
  | { readonly page: "paper"; readonly id: string }
  | { readonly page: "map" }
  | { readonly page: "nowhere" };

export function parseRoute({ pathname, hash }: { pathname: string; hash: string }): Route {
  const [first = "", second = "", ...more] = pathname.split("/").filter(Boolean).map(decode);
  if (more.length > 0) return { page: "nowhere" };
  if (first === "") return { page: "chat" };
  if (first === "c" && second !== "") {
    const messageId = decode(hash.slice(1));
    return { page: "chat", conversationId: second, ...(messageId === "" ? {} : { messageId }) };
  }
  if (first === "papers") return second === "" ? { page: "papers" } : { page: "paper", id: second };
  if (first === "map" && second === "") return { page: "map" };
  return { page: "nowhere" };
}

export const chatPath = (conversationId?: string, messageId?: string): string =>
  conversationId === undefined
    ? "/"
    : `/c/${encodeURIComponent(conversationId)}${messageId === undefined ? "" : `#${encodeURIComponent(messageId)}`}`;

export const paperPath = (id: string): string => `/papers/${encodeURIComponent(id)}`;

/** What is not encoded correctly stays as it is: it names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
