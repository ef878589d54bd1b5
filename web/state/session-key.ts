const NAME = "footnote-key";
/** For browsers that let a page store nothing. */
let inMemory: string | undefined;

/** The key that was given on this page: kept until the tab closes, in no other tab, and sent to this server alone. */
export function sessionKey(): string | undefined {
  try {
    return sessionStorage.getItem(NAME) ?? inMemory;
  } catch {
    return inMemory;
  }
}

/** @param key undefined: forgets it */
export function setSessionKey(key: string | undefined): void {
  inMemory = key;
  try {
    if (key === undefined) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, key);
  } catch {
    // It stays in memory.
  }
}
