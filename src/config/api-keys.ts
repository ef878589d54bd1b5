import { createHash } from "node:crypto";

/** Characters. Shorter keys can be guessed; longer ones do not fit a hello frame. */
const SHORTEST_KEY = 16;
const LONGEST_KEY = 500;
/** Owners are in log lines and on the page; keys are sent in a header. Neither holds what API_KEYS is parted by. */
const OWNER = /^[\w.@-]{1,64}$/;
const KEY = /^[!-+\--9;-~]+$/;

/** One entry of API_KEYS. The key itself is not kept, so that nothing that prints a Config can tell it. */
export interface ApiKey {
  readonly owner: string;
  /** May do what changes things for everyone. */
  readonly admin: boolean;
  /** SHA-256 of the key, in hexadecimal. */
  readonly digest: string;
}

/**
 * `alice:KEY:admin,bob:KEY` → who may ask.
 * @throws Error with one sentence that names the entry's position and owner, never a key
 */
export function parseApiKeys(text: string): readonly ApiKey[] {
  const entries = text.split(",").map((entry) => entry.trim());
  const keys = entries.map((entry, at) => parseEntry(entry, at + 1));
  for (const [at, { owner, digest }] of keys.entries()) {
    const earlier = keys.slice(0, at);
    if (earlier.some((other) => other.owner === owner)) {
      throw new Error(`entry ${at + 1} names the owner "${owner}" a second time`);
    }
    const same = earlier.find((other) => other.digest === digest);
    if (same !== undefined) {
      throw new Error(`entry ${at + 1} ("${owner}") has the key of "${same.owner}": each needs its own`);
    }
  }
  return Object.freeze(keys.map((key) => Object.freeze(key)));
}

function parseEntry(entry: string, position: number): ApiKey {
  const [owner = "", key = "", role, ...more] = entry.split(":");
  // Without a key behind it, what stands here may be one: it is not told.
  if (key === "" || more.length > 0 || !OWNER.test(owner)) {
    throw new Error(
      `entry ${position} takes owner:KEY or owner:KEY:admin, the owner up to 64 of A-Z a-z 0-9 _ . @ -`,
    );
  }
  // KEY:alice is a slip that must not print the key: of the two, a key is the long one.
  const swapped = key.length < SHORTEST_KEY && owner.length >= SHORTEST_KEY;
  const named = swapped ? `entry ${position}` : `entry ${position} ("${owner}")`;
  if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY || !KEY.test(key)) {
    throw new Error(
      `${named} has a key of ${key.length} characters: ` +
        `it takes ${SHORTEST_KEY} to ${LONGEST_KEY} printable ASCII ones, without space, comma and colon`,
    );
  }
  if (role !== undefined && role !== "admin") throw new Error(`${named} has an unknown role: it takes admin`);
  return { owner, admin: role === "admin", digest: keyDigest(key) };
}

/** What a key is compared by. */
export function keyDigest(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
