const FAULTS: ReadonlyArray<[codes: RegExp, fault: string]> = [
  [/^(ENOSPC|EDQUOT|EFBIG)$/, "cannot grow, the disk is full: free some space on it"],
  [/^(EACCES|EPERM|EROFS)$/, "cannot be written: give this user the right to write it"],
  [/^(ENOTDIR|EEXIST)$/, "is no folder: name another"],
];

/** Why a folder could not be written, and the fix; undefined when the error is about something else. */
export function writeFault(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return FAULTS.find(([codes]) => codes.test(code))?.[1];
}
