const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ENOTDIR: "a part of its path is not a folder",
  EISDIR: "it is a folder, not a file",
  ELOOP: "its symbolic links run in a circle",
  EMFILE: "too many files are open",
  EIO: "the disk reported a read error",
  Z_BUF_ERROR: "the gzip stream is cut off",
  Z_DATA_ERROR: "the gzip stream is damaged or is none",
};

/** Why a file could not be read, in words and without its path. */
export function fileErrorReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
