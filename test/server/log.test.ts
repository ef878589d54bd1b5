import { expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/test-server.ts";

const lines = (server: TestServer, msg: string) => server.log.filter((line) => line.msg === msg);

it("has one line a request, which joins with the client's header, and nothing that anyone asked", async () => {
  const server = await TestServer.start();
  const secret = "what-nobody-should-read";
  const authorization = { Authorization: `Bearer ${secret}` };
  const response = await server.send("POST", "/api/ask", { question: secret }, authorization);
  await server.send("POST", "/api/search", { query: secret }, authorization);
  await server.get(`/api/papers?query=${secret}`);
  await server.get(`/api/conversations?query=${secret}`);
  await server.send("POST", "/api/ask", { question: "", more: secret });
  const client = await server.socket(authorization);
  client.send({ type: "hello", protocol: 1, token: secret });
  client.send({ type: "ask", requestId: "r1", question: secret });
  await client.next();
  await client.answer();
  await eventually(() => lines(server, "request").length).toBe(5);
  expect(lines(server, "request")[0]).toMatchObject({
    level: 30,
    requestId: response.headers.get("x-request-id"),
    method: "POST",
    path: "/api/ask",
    status: 200,
    ms: expect.any(Number),
  });
  expect(lines(server, "answer")).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
  expect(JSON.stringify(server.log)).not.toContain(secret);
});

it("has one line an ask when it ends: by which request or connection, for whom, how and how long", async () => {
  const server = await TestServer.start();
  const response = await server.send("POST", "/api/ask", { question: "a" });
  const { messageId } = (await response.json()) as { messageId: string };
  const client = await server.socket();
  for (const requestId of ["r1", "r2"]) client.send({ type: "ask", requestId, question: "a" });
  await client.answer();
  await client.answer();
  await eventually(() => lines(server, "answer").length).toBe(3);
  const [overHttp, first, second] = lines(server, "answer");
  const ended = { level: 30, owner: "local", outcome: "done", ms: expect.any(Number), waitedMs: 0 };
  expect(overHttp).toMatchObject({ ...ended, requestId: response.headers.get("x-request-id"), messageId });
  expect(overHttp).not.toHaveProperty("connectionId");
  expect(first).toMatchObject({
    ...ended,
    requestId: "r1",
    connectionId: expect.stringMatching(/^[\w-]{22}$/),
  });
  expect(second).toMatchObject({ ...ended, requestId: "r2", connectionId: first?.connectionId });
});

it("says with which code an ask failed or was refused", async () => {
  const server = await TestServer.start();
  server.assistant.refusal = new AppError("not_found", "There is no conversation");
  await server.send("POST", "/api/ask", { question: "a" });
  server.assistant.refusal = undefined;
  server.assistant.pace = () => Promise.reject(new Error("broken"));
  await server.send("POST", "/api/ask", { question: "a" });
  await eventually(() => lines(server, "answer")).toMatchObject([
    { outcome: "refused", code: "not_found" },
    { outcome: "error", code: "internal" },
  ]);
});

it("follows a connection from its opening to its end", async () => {
  const server = await TestServer.start();
  const client = await server.socket();
  client.send({ type: "ask", requestId: "r1", question: "a" });
  await client.answer();
  client.raw.close(1000);
  await eventually(() => lines(server, "socket closed").length).toBe(1);
  const [answer] = lines(server, "answer");
  expect(lines(server, "socket opened")).toMatchObject([{ level: 20, connectionId: answer?.connectionId }]);
  expect(lines(server, "socket closed")).toMatchObject([
    { level: 20, connectionId: answer?.connectionId, code: 1000 },
  ]);
});
