/** What a language model's answer costs on its way, and whether every note of it holds. */
import { benchFuzz } from "./model/fuzz.ts";
import { benchStreams } from "./model/streams.ts";

export async function benchModel(): Promise<void> {
  // First: this process is the client that is timed, and the other one fills it with an assistant of its own.
  await benchStreams();
  await benchFuzz();
}
