/** The command line itself is wrong in a way that only the command can see; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
