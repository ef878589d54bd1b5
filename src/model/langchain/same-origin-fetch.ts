import { ModelError } from "../model-error.ts";

/** Those that repeat the request as it was, and those that would make it a GET without the question. */
const REPEATING = new Set([307, 308]);
const REDIRECTING = new Set([301, 302, 303, ...REPEATING]);
/** In a row. */
const MOST_REDIRECTS = 3;

/**
 * `fetch` that follows a redirect only within the origin that was asked: the body holds the question and the papers,
 * which are meant for the server that the operator named and for no other.
 * @throws ModelError (redirected); what `fetch` throws
 */
export async function sameOriginFetch(
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit,
): Promise<Response> {
  let address = input instanceof Request ? new URL(input.url) : new URL(input);
  for (let redirects = 0; ; redirects++) {
    const asked = redirects === 0 ? input : address;
    const response = await globalThis.fetch(asked, { ...init, redirect: "manual" });
    const location = response.headers.get("location");
    if (location === null || !REDIRECTING.has(response.status)) return response;
    await response.body?.cancel();
    const repeats = REPEATING.has(response.status) || (init.method ?? "GET") === "GET";
    const next = leadsTo(location, address, { status: response.status, repeats });
    // A Request's body is read by now.
    if (redirects === MOST_REDIRECTS || input instanceof Request) {
      throw new ModelError("redirected", {
        detail: `HTTP ${response.status}, ${redirects + 1} times in a row`,
      });
    }
    address = next;
  }
}

/** @throws ModelError where that is not to be followed */
function leadsTo(
  location: string,
  from: URL,
  { status, repeats }: { readonly status: number; readonly repeats: boolean },
): URL {
  if (!URL.canParse(location, from.href)) {
    throw new ModelError("redirected", { detail: `HTTP ${status} to what is no address` });
  }
  const to = new URL(location, from);
  // Without the path, which may hold what is secret there.
  if (to.origin !== from.origin) {
    throw new ModelError("redirected", { detail: `HTTP ${status} from ${from.origin} to ${to.origin}` });
  }
  if (!repeats) {
    throw new ModelError("redirected", { detail: `HTTP ${status} to ${to.pathname}, without the question` });
  }
  return to;
}
