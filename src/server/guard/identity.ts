import { createHash, timingSafeEqual } from "node:crypto";
import type { ApiKey } from "../../config/api-keys.ts";
import { AppError } from "../../errors.ts";

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
