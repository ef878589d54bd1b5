import pLimit, { type LimitFunction } from "p-limit";

/** A function that runs the jobs of each key one after the other, in order; a key without jobs is forgotten. */
export function keyedQueue(): <T>(key: string, job: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, { run: LimitFunction; length: number }>();
  return async (key, job) => {
    const queue = queues.get(key) ?? { run: pLimit(1), length: 0 };
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
