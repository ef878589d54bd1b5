import type { RequestHandler } from "express";
import { AppError } from "../../errors.ts";
import type { RouteAccess } from "../http/route.ts";
import { NOBODY } from "./asker.ts";
import type { ClientAddress } from "./client-address.ts";
import type { Authority } from "./identity.ts";

/** Lets in who has the access that a call asks for, as `response.locals.asker`. @throws AppError unauthorized */
export type LetIn = (access: RouteAccess) => RequestHandler;

/** The HTTP side of API: "Who asks". It stands before a body is read and before it is told what there is. */
export function whoCalls(authority: Authority, addressOf: ClientAddress): LetIn {
  return (access) => (request, response, next) => {
    if (access === "anyone") {
      response.locals.asker = NOBODY;
      return next();
    }
    const identity = authority.identify(bearer(request.get("Authorization")));
    if (access === "admins" && !identity.admin) {
      throw new AppError("unauthorized", "This call asks for a key with the role admin");
    }
    const { requestId } = response.locals;
    response.locals.asker = { ...identity, address: addressOf(request), requestId };
    next();
  };
}

/** `Bearer KEY` → `KEY`. A header of another kind is none at all. */
function bearer(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
}
