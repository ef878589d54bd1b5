import { AppError } from "../../src/errors.ts";

/** The AppError that `work` throws; any other outcome fails the test. */
export function thrown(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
