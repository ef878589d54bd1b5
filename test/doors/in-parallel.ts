/** Milliseconds after which an input counts as one that hangs. */
const DEADLINE = 20_000;

/**
 * Tries each input, `atOnce` at a time, by `tries` that keep what they need (a connection) from one input to the next.
 * @throws Error that names the input which failed or hung
 */
export async function inParallel<Input>(
  inputs: readonly Input[],
  tries: readonly ((input: Input) => Promise<void>)[],
): Promise<void> {
  let next = 0;
  const work = async (attempt: (input: Input) => Promise<void>) => {
    for (let at = next++; at < inputs.length; at = next++) {
      const input = inputs[at] as Input;
      await withDeadline(attempt(input)).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`input ${at}, ${JSON.stringify(input).slice(0, 1000)}: ${reason}`, { cause });
      });
    }
  };
  await Promise.all(tries.map(work));
}

async function withDeadline(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE} ms`)), DEADLINE);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
