import { AppError } from "../../src/errors.ts";

/** The AppError that an asynchronous piece of work rejects with; any other outcome fails the test. */
export async function thrownBy(work: () => Promise<unknown>): Promise<AppError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
