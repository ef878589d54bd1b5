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
