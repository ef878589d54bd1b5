import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/test-server.ts";

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
  await eventually(() => server.log.filter(({ msg }) => msg === "request").length).toBe(5);
  expect(server.log.find(({ msg }) => msg === "request")).toMatchObject({
    level: 30,
    requestId: response.headers.get("x-request-id"),
    method: "POST",
    path: "/api/ask",
    status: 200,
    ms: expect.any(Number),
  });
  expect(server.log.filter(({ msg }) => msg === "answer")).toMatchObject([
    { outcome: "done" },
    { outcome: "done" },
  ]);
  expect(JSON.stringify(server.log)).not.toContain(secret);
});
