import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import type { Conversations } from "../../assistant/port.ts";
import type { ApiKey } from "../../config/api-keys.ts";
import { isChannelOwner } from "../../edge/channel-owner.ts";
import { AppError } from "../../errors.ts";
import type { ClientAddress } from "./client-address.ts";

/** Who asks (API: "Who asks"). */
export interface Identity {
  /** Whose conversations, messages and answers it may see. */
  readonly owner: string;
  /** May do what concerns everyone. */
  readonly admin: boolean;
}

/** The one owner where no keys are set. */
const LOCAL: Identity = Object.freeze({ owner: "local", admin: true });

export interface Authority {
  readonly asksForKey: boolean;
  /**
   * Who has this key; where none is asked for, `local`, whatever is sent.
   * @throws AppError unauthorized, without a word of the key
   */
  identify(key: string | undefined): Identity;
}

/**
 * Every key is compared, by digests of equal length and in constant time: how long it takes says neither how much of a
 * key is right nor whose it is.
 */
export function authorityOf(keys: readonly ApiKey[]): Authority {
  if (keys.length === 0) return { asksForKey: false, identify: () => LOCAL };
  const known = keys.map(({ owner, admin, digest }) => ({
    identity: Object.freeze({ owner, admin }),
    digest: Buffer.from(digest, "hex"),
  }));
  const identify = (key: string | undefined): Identity => {
    if (key === undefined) throw new AppError("unauthorized", "API key required");
    const given = createHash("sha256").update(key).digest();
    const [found] = known.filter(({ digest }) => timingSafeEqual(digest, given));
    if (found === undefined) throw new AppError("unauthorized", "Unknown API key");
    return found.identity;
  };
  return { asksForKey: true, identify };
}

/** Who asks, from where, and how the log names it. */
export interface Principal extends Identity {
  /** As `clientAddress` gives it: what limits count by. */
  readonly address: string;
  /** The WebSocket that it asks on; over HTTP all requests of one address count as one connection. */
  readonly connectionId?: string;
  /** Of the HTTP request; over WebSocket the client names each of its own. */
  readonly requestId?: string;
}

/** Who is behind a call that is open to anyone: it owns nothing, for no owner has an empty name. */
const NOBODY: Principal = Object.freeze({ owner: "", admin: false, address: "" });

/** Who may call a route: anyone at all, anyone who has a key where keys are set, or of those the admins. */
export type RouteAccess = "anyone" | "owners" | "admins";

/** Lets in who has the access that a call asks for, as `response.locals.principal`. @throws AppError unauthorized */
export type Authorize = (access: RouteAccess) => RequestHandler;

/** The HTTP side of API: "Who asks". It stands before a body is read and before it is told what there is. */
export function authenticate(authority: Authority, addressOf: ClientAddress): Authorize {
  return (access) => (request, response, next) => {
    if (access === "anyone") {
      response.locals.principal = NOBODY;
      return next();
    }
    const identity = authority.identify(bearer(request.get("Authorization")));
    if (access === "admins" && !identity.admin) {
      throw new AppError("unauthorized", "This call asks for a key with the role admin");
    }
    const { requestId } = response.locals;
    response.locals.principal = { ...identity, address: addressOf(request), requestId };
    next();
  };
}

/** `Bearer KEY` → `KEY`. A header of another kind is none at all. */
function bearer(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
}

/**
 * Whose conversations a caller may open: their own. Admins also have those that are led in the channels of a
 * chat app, such as Slack, by their links: they are in no list.
 */
export async function ownerFor(
  { owner, admin }: Identity,
  conversationId: string | undefined,
  conversations: Conversations,
): Promise<string> {
  if (!admin || conversationId === undefined) return owner;
  const found = await conversations.ownerOf(conversationId);
  return found !== undefined && isChannelOwner(found) ? found : owner;
}
