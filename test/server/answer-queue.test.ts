import { expect, it } from "vitest";
import { AnswerQueue, type Ticket } from "../../src/server/answers/admission.ts";
import { thrown } from "../support/thrown.ts";

const never = new AbortController().signal;
const ANN = ["ann", "192.0.2.1", "c1"];
const BOB = ["bob", "192.0.2.2", "c2"];

/** Whether it has had its turn by now. */
async function isCalled(ticket: Ticket): Promise<boolean> {
  return Promise.race([
    ticket.turn(never).then(() => true),
    new Promise<false>((no) => setImmediate(no, false)),
  ]);
}

it("lets so many run, and the next when one leaves", async () => {
  const queue = new AnswerQueue({ atOnce: 2, waiting: 10 });
  const [first, second, third] = [queue.join(ANN), queue.join(ANN), queue.join(ANN)];
  expect([queue.running, queue.waiting]).toEqual([2, 1]);
  expect([await isCalled(first), await isCalled(second), await isCalled(third)]).toEqual([true, true, false]);
  second.leave();
  expect(await isCalled(third)).toBe(true);
  expect([queue.running, queue.waiting]).toEqual([2, 0]);
});

it("calls the owner who has waited for no turn yet before the many of another", async () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 1000 });
  const running = queue.join(ANN);
  const many = Array.from({ length: 500 }, () => queue.join(ANN));
  const one = queue.join(BOB);
  running.leave();
  many[0]!.leave();
  expect(await isCalled(one)).toBe(true);
  expect(queue.waiting).toBe(499);
});

it("forgets who leaves the line, at once and once", async () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 10 });
  const running = queue.join(ANN);
  const stop = new AbortController();
  const ticket = queue.join(ANN);
  const turn = ticket.turn(stop.signal);
  expect(queue.waiting).toBe(1);
  stop.abort();
  expect(queue.waiting).toBe(0);
  await turn;
  for (let i = 0; i < 3; i++) ticket.leave();
  expect(queue.running).toBe(1);
  for (let i = 0; i < 3; i++) running.leave();
  expect(queue.running).toBe(0);
});

it("has no turn for who comes with a signal that has aborted", async () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 10 });
  queue.join(ANN);
  await queue.join(ANN).turn(AbortSignal.abort());
  expect([queue.running, queue.waiting]).toEqual([1, 0]);
});

it("refuses when the line is full, but not who has fewer there than their share", () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 4 });
  for (let i = 0; i < 5; i++) queue.join(ANN);
  const error = thrown(() => queue.join(ANN));
  expect(error).toMatchObject({
    code: "rate_limited",
    message: "4 questions wait for an answer already: ask again in 5 seconds",
    retryAfter: 5,
  });
  queue.join(BOB);
  queue.join(BOB);
  expect(thrown(() => queue.join(BOB)).code).toBe("rate_limited");
  expect(queue.waiting).toBe(6);
});

it("lets any number run with 0", () => {
  const queue = new AnswerQueue({ atOnce: 0, waiting: 1 });
  for (let i = 0; i < 500; i++) queue.join(ANN);
  expect([queue.running, queue.waiting]).toEqual([500, 0]);
});

it("tells how long one waited", () => {
  let now = 1000;
  const queue = new AnswerQueue({ atOnce: 1, waiting: 10, clock: () => now });
  const [first, second] = [queue.join(ANN), queue.join(ANN)];
  now += 250;
  expect([first.waitedMs, second.waitedMs]).toEqual([0, 250]);
  first.leave();
  now += 250;
  expect(second.waitedMs).toBe(250);
});
