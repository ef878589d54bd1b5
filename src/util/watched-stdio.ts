/**
 * `stdio` of a process that is forked and is to end with this one: standard output belongs to the command that runs; the
 * pipe carries nothing, the system closes it when this process ends in whatever way.
 */
export const WATCHED_STDIO = ["ignore", "ignore", "inherit", "ipc", "pipe"] as const;
