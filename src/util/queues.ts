/** A function that runs the jobs given to it one after the other, in order; a job that fails does not stop the next. */
export function serialQueue(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}

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

/** A function that runs the jobs given to it, at most `limit` at a time and the others in order; 0: all at once. */
export function atMost(limit: number): <T>(job: () => Promise<T>) => Promise<T> {
  const most = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (job) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      // Its place goes from one to the next.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
