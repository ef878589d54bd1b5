import { serialQueue } from "./serial-queue.ts";

/** As `serialQueue`, one for each key; one that is empty is forgotten. */
export function keyedQueue(): <T>(key: string, job: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, { run: ReturnType<typeof serialQueue>; length: number }>();
  return async (key, job) => {
    const queue = queues.get(key) ?? { run: serialQueue(), length: 0 };
    queues.set(key, queue);
    queue.length += 1;
    try {
      return await queue.run(job);
    } finally {
      queue.length -= 1;
      if (queue.length === 0) queues.delete(key);
    }
  };
}
