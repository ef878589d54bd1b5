/** Listening, closing, and how long answers are kept. */
import { once } from "node:events";
import { connect } from "node:net";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import type { AskRequest } from "../../src/assistant/port.ts";
import { Pacer } from "../../src/edge/pacer.ts";
import { RateLimiter } from "../../src/edge/rate-limiter.ts";
import { AppError } from "../../src/errors.ts";
import type { AnswerEvent } from "../../src/protocol.ts";
import { AnswerQueue, admission } from "../../src/server/answers/admission.ts";
import { AnswerRuns } from "../../src/server/answers/answer-runs.ts";
import { ServerMetrics } from "../../src/server/metrics/server-metrics.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "../../src/server/server-limits.ts";
import { eventually } from "../support/eventually.ts";
import { FakeAssistant } from "../support/fake-assistant.ts";
import { Gate } from "../support/gate.ts";
import { readEvents } from "../support/read-events.ts";
import { TestServer } from "../support/test-server.ts";
import { thrownBy } from "../support/thrown-by.ts";

/** Milliseconds: who waits for it runs into the time-out of the test. */
const BEYOND_THE_TEST = 600_000;

describe("listening", () => {
  it("takes a free port, and says which", async () => {
    const server = await TestServer.start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect((await server.get("/health")).status).toBe(200);
  });

  it("on a port that is taken fails with the fix", async () => {
    const { port } = await TestServer.start();
    const error = await TestServer.start({ config: { port } }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      message: `HOST=127.0.0.1 PORT=${port} is in use: stop the other program or choose another PORT (0 takes a free one)`,
    });
  });

  it.each([
    ["203.0.113.7", "is not an address of this machine: check HOST"],
    ["no-such-host.invalid", /is not a known host: check HOST|cannot be listened on: see the cause/],
  ])("on %s fails with the fix", async (host, reason) => {
    const error = await TestServer.start({ config: { host, openToAll: true } }).catch(
      (fault: unknown) => fault,
    );
    expect(error).toMatchObject({ code: "config", message: expect.stringMatching(reason) });
  });
});

describe("closing", () => {
  async function streaming(server: TestServer) {
    const client = await server.socket();
    client.send({ type: "ask", requestId: "r1", question: "a" });
    const [start] = await client.answer(1);
    return { client, messageId: start!.messageId };
  }

  it("without anything to do waits for nothing, says 1001, and can be asked for twice", async () => {
    const server = await TestServer.start();
    const client = await server.socket();
    const closed = client.closed();
    await Promise.all([server.close(BEYOND_THE_TEST), server.close(BEYOND_THE_TEST)]);
    expect(await closed).toBe(1001);
    await expect(server.get("/health")).rejects.toThrow();
  });

  it("lets answers finish over every transport, and takes no new ones", async () => {
    const server = await TestServer.start();
    const gate = new Gate();
    server.assistant.pace = () => gate.pass();
    const { client } = await streaming(server);
    const events = await server.send("POST", "/api/ask", { question: "b" }, { Accept: "text/event-stream" });
    const json = server.send("POST", "/api/ask", { question: "c" });
    await eventually(() => server.assistant.asked.length).toBe(3);
    const closed = client.closed();
    const closing = server.close(5000);
    client.send({ type: "ask", requestId: "late", question: "late" });
    expect(await client.next()).toMatchObject({ type: "error", code: "indexing", requestId: "late" });
    gate.open();
    expect((await client.answer()).at(-1)?.type).toBe("done");
    const types: string[] = [];
    for await (const { type } of readEvents(events)) types.push(type);
    expect(types.at(-1)).toBe("done");
    expect((await json).status).toBe(200);
    expect(await closed).toBe(1001);
    await closing;
  });

  it("stops what does not finish in time, and keeps what was written", async () => {
    const server = await TestServer.start();
    const gate = new Gate();
    gate.step(5);
    server.assistant.pace = (_, { signal }) => gate.pass(signal);
    const { client, messageId } = await streaming(server);
    await client.answer(5);
    const closed = client.closed();
    const closing = server.close(50);
    expect(await client.answer()).toMatchObject([{ type: "aborted", answer: { text: "Graph " } }]);
    expect(await closed).toBe(1001);
    await closing;
    expect((await server.assistant.conversations.message("local", messageId)).text).toBe("Graph ");
  });

  it("gives up on an answer that does not stop, and on a peer that does not read", async () => {
    const server = await TestServer.start();
    server.assistant.pace = () => new Promise(() => {});
    const { client } = await streaming(server);
    client.raw.pause();
    const idle = connect(server.port, "127.0.0.1");
    await once(idle, "connect");
    await server.close(50);
    idle.destroy();
  });
});

describe("answers", () => {
  function setUp(limits: Partial<ServerLimits>) {
    const assistant = new FakeAssistant();
    const errors: unknown[] = [];
    const logger = pino({ level: "error" }, { write: (line: string) => void errors.push(JSON.parse(line)) });
    const metrics = new ServerMetrics();
    const queue = new AnswerQueue({ atOnce: 1, waiting: 10 });
    const admit = admission({ limiter: new RateLimiter({ perMinute: 0 }), queue, metrics });
    const pacer = new Pacer();
    const options = { assistant, logger, metrics, admit, pacer, limits: { ...DEFAULT_LIMITS, ...limits } };
    return { assistant, errors, queue, runs: new AnswerRuns(options) };
  }
  const body = { question: "a" };
  const ann = { owner: "ann", admin: false, address: "192.0.2.1" };
  const bob = { ...ann, owner: "bob" };

  it("belong to who asked: another owner finds, cancels and shares nothing", async () => {
    const { runs } = setUp({});
    const run = runs.start(ann, body, "r1");
    await run.ended;
    expect((await thrownBy(() => runs.find("bob", run.messageId))).code).toBe("not_found");
    expect((await thrownBy(() => runs.cancel("bob", run.messageId))).code).toBe("not_found");
    expect(runs.start(bob, body, "r1")).not.toBe(run);
    expect(runs.start(ann, body, "r1")).toBe(run);
    expect(await runs.find("ann", run.messageId)).toBe(run);
  });

  it("that ended are kept up to a number, the oldest dropped first", async () => {
    const { runs } = setUp({ finishedRuns: 2 });
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const run = runs.start(ann, body, `r${i}`);
      await run.ended;
      ids.push(run.messageId);
    }
    expect((await thrownBy(() => runs.find("ann", ids[0]!))).code).toBe("resume_unavailable");
    expect((await runs.find("ann", ids[1]!)).over).toBe(true);
    expect(runs.start(ann, body, "r0").messageId).not.toBe(ids[0]);
  });

  it("that take too long are stopped; that do not stop are given up", async () => {
    const { assistant, errors, queue, runs } = setUp({ answer: 20, abort: 20 });
    assistant.pace = (_, { signal }) => new Gate().pass(signal);
    expect(await runs.start(ann, body).ended).toBe("aborted");
    assistant.pace = () => new Promise(() => {});
    const stubborn = runs.start(ann, body);
    expect(await stubborn.ended).toBe("error");
    expect(stubborn.lastSeq).toBe(2);
    expect(errors).toHaveLength(1);
    expect(queue.running).toBe(0);
  });

  it("that never start are given up too", async () => {
    const { assistant, runs } = setUp({ answer: 10, abort: 10 });
    assistant.ask = async function* () {
      await new Promise(() => {});
    };
    const run = runs.start(ann, body, "r1");
    await expect(run.started).rejects.toMatchObject({ code: "internal" });
    expect(await run.ended).toBe("refused");
    expect(runs.start(ann, body, "r1")).not.toBe(run);
  });

  it.each<[string, (request: AskRequest) => AsyncGenerator<AnswerEvent, void>, string]>([
    [
      "ends without its last event",
      async function* () {
        yield { type: "start", conversationId: "c" };
      },
      "error",
    ],
    ["says nothing at all", async function* () {}, "refused"],
    [
      "cannot even begin",
      () => {
        throw new Error("no");
      },
      "refused",
    ],
  ])("whose assistant %s end with an error", async (_, ask, outcome) => {
    const { assistant, errors, runs } = setUp({});
    assistant.ask = ask;
    expect(await runs.start(ann, body).ended).toBe(outcome);
    expect(errors).toHaveLength(1);
  });
});
