/** Questions as long as they may be, and odd: what each costs, how long it holds the event loop, and what another owner feels. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { MAX_QUESTION_LENGTH } from "../../src/protocol.ts";
import { percentile } from "../../src/util/statistics.ts";
import { randomId } from "../../src/util/strings.ts";
import { oddQuestions } from "../support/odd-questions.ts";
import { ServerProcess } from "../support/server-process.ts";
import { ALICE, BOB, bearer } from "../support/two-owners.ts";
import { type BenchAssistant, openAssistant } from "./assistant.ts";
import { developmentQuestions } from "./questions.ts";

/** Asks of the other owner, alone and beside her who asks the worst. */
const ASKS = 20;
/** Ordinary questions before anything is measured. */
const WARM_UP = 60;
/** Milliseconds between two of hers: RATE_LIMIT_PER_MINUTE, 120 by default. */
const EVERY_MS = 500;
/** Runs of each: on a machine that does something else, that is in each of them. */
const RUNS = 2;
/** Hers of a minute: the same limit. */
const AT_ONCE = 120;

export async function benchOdd(): Promise<void> {
  const bench = await openAssistant();
  const worst = await benchQuestions(bench);
  await bench.close();
  await benchTwoOwners(worst);
}

interface Cost {
  readonly question: string;
  /** CPU milliseconds of the process: in all, at first and the quickest of RUNS, and in the longest turn of its event loop. */
  readonly first: number;
  readonly cpu: number;
  readonly held: number;
}

/** @returns the one that costs most */
async function benchQuestions({ assistant }: BenchAssistant): Promise<string> {
  for (const { question } of developmentQuestions().slice(0, WARM_UP)) await answer(assistant, question);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const questions = oddQuestions(MAX_QUESTION_LENGTH);
  const asked: Cost[] = [];
  const searched: Cost[] = [];
  delay.enable();
  for (const question of questions) {
    asked.push(await cost(question, () => answer(assistant, question)));
    searched.push(await cost(question, () => assistant.search({ query: question, limit: 10 })));
  }
  delay.disable();
  show(`${questions.length} asks of ${MAX_QUESTION_LENGTH} letters`, asked);
  show("searches of the same", searched);
  // Of the wall: other processes on the machine count too.
  console.log(`  event-loop delay, wall: p99 ${ms(delay.percentile(99) / 1e6)}, most ${ms(delay.max / 1e6)}`);
  const [worst] = asked.sort((a, b) => b.cpu - a.cpu);
  for (const { question, cpu, held } of asked.slice(0, 5)) {
    console.log(`  ${ms(cpu)}, held ${ms(held)}: ${JSON.stringify(question.slice(0, 40))}`);
  }
  return worst?.question ?? "";
}

async function answer(assistant: BenchAssistant["assistant"], question: string): Promise<void> {
  for await (const _ of assistant.ask({ owner: "local", messageId: randomId(), question }));
}

async function cost(question: string, work: () => Promise<unknown>): Promise<Cost> {
  const costs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begun = cpuNow();
    await work();
    costs.push(cpuNow() - begun);
  }
  // Apart, for watching keeps a processor busy itself.
  let done = false;
  const watched = watch(() => done);
  await work();
  done = true;
  return { question, first: costs[0] ?? 0, cpu: Math.min(...costs), held: await watched };
}

/** CPU milliseconds of the longest turn. Time of the wall would count what other processes do. */
async function watch(isDone: () => boolean): Promise<number> {
  let longest = 0;
  while (!isDone()) {
    const before = cpuNow();
    await setImmediate();
    longest = Math.max(longest, cpuNow() - before);
  }
  return longest;
}

function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function benchTwoOwners(worst: string): Promise<void> {
  const environment = { API_KEYS: `alice:${ALICE},bob:${BOB}`, LOG_LEVEL: "warn" };
  const server = await ServerProcess.start({ environment });
  try {
    const questions = developmentQuestions().map(({ question }) => question);
    const bob = async () => {
      const took: number[] = [];
      for (const question of questions.slice(0, ASKS)) {
        took.push(await timed(server, question));
        // Within his own limit.
        await sleep(EVERY_MS);
      }
      return percentile(took, 0.5);
    };
    for (const question of questions.slice(0, 20)) await ask(server, BOB, question);
    const alone = await bob();
    let stop = false;
    const asked: Promise<number>[] = [];
    const alice = (async () => {
      for (; !stop && asked.length < AT_ONCE; await sleep(EVERY_MS)) asked.push(ask(server, ALICE, worst));
    })();
    const beside = await bob();
    stop = true;
    await alice;
    tell("one by one", asked.length, alone, beside);
    await Promise.all(asked);
    // What is left of her minute, all in one moment.
    const rest = Array.from({ length: AT_ONCE - asked.length }, () => ask(server, ALICE, worst));
    let done = false;
    const burst = Promise.all(rest).finally(() => {
      done = true;
    });
    const took: number[] = [];
    for (const question of questions.slice(0, ASKS)) if (!done) took.push(await timed(server, question));
    tell("at once", rest.length, alone, percentile(took, 0.5));
    const refused = (await burst).filter((status) => status === 429).length;
    console.log(`  ${took.length} of his came in meanwhile, ${refused} of hers were refused`);
  } finally {
    await server.stop();
  }
}

function tell(how: string, count: number, alone: number, beside: number): void {
  console.log(
    `  another owner's median answer: alone ${ms(alone)}, beside ${count} of the worst question ${how} ${ms(beside)}: ` +
      `${(beside / alone).toFixed(1)} x`,
  );
}

/** Wall milliseconds of one of his questions. */
async function timed(server: ServerProcess, question: string): Promise<number> {
  const began = performance.now();
  await ask(server, BOB, question);
  return performance.now() - began;
}

async function ask(server: ServerProcess, key: string, question: string): Promise<number> {
  const response = await fetch(`${server.url}/api/ask`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...bearer(key) },
    body: JSON.stringify({ question }),
  });
  await response.arrayBuffer();
  return response.status;
}

function show(what: string, costs: readonly Cost[]): void {
  const of = (figure: (cost: Cost) => number, share: number) => ms(percentile(costs.map(figure), share));
  console.log(
    `  ${what}: CPU p50 ${of(({ cpu }) => cpu, 0.5)}, p99 ${of(({ cpu }) => cpu, 0.99)} ` +
      `(the first time ${of(({ first }) => first, 0.5)}, ${of(({ first }) => first, 0.99)}); ` +
      `event loop held by CPU p99 ${of(({ held }) => held, 0.99)}, most ${of(({ held }) => held, 1)}`,
  );
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
