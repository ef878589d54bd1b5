/** Every call of the contract's HTTP table, when it goes well. */
import { beforeEach, describe, expect, it } from "vitest";
import {
  Answer,
  BodyResponse,
  Conversation,
  ConversationResponse,
  ConversationsResponse,
  FindResponse,
  Health,
  Message,
  PaperResponse,
  PapersResponse,
  Readiness,
  SearchResponse,
  SuggestionsResponse,
} from "../../src/protocol.ts";
import { ALIAS } from "../support/fake-papers.ts";
import { samplePaper } from "../support/sample-answer.ts";
import { TestServer } from "../support/test-server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});

/** The body of a good answer, which fits `schema` and holds nothing beside it. */
async function bodyOf<Value>(response: Response, schema: { parse(input: unknown): Value }): Promise<Value> {
  const body: unknown = await response.json();
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const parsed = schema.parse(body);
  expect(parsed).toEqual(body);
  return parsed;
}

/** An answered question; the ids of its conversation and message. */
async function ask(question = "Why?") {
  return bodyOf(await server.send("POST", "/api/ask", { question }), Answer);
}

describe("health", () => {
  it("is there as soon as the server listens", async () => {
    server.assistant.state = { status: "indexing", done: 0, total: 0 };
    expect(await bodyOf(await server.get("/health"), Health)).toEqual({ status: "ok", version: "1.2.3" });
  });

  it("tells readiness by status and progress", async () => {
    expect((await bodyOf(await server.get("/ready"), Readiness)).status).toBe("ready");
    server.assistant.state = { status: "indexing", done: 3, total: 236 };
    const response = await server.get("/ready");
    expect(response.status).toBe(503);
    expect(await bodyOf(response, Readiness)).toEqual({ status: "indexing", done: 3, total: 236 });
  });
});

describe("search", () => {
  it("hands on query, scope and limit, 10 by default", async () => {
    const scope = { paperIds: ["p1"], filter: { yearFrom: 2020 } };
    const response = await server.send("POST", "/api/search", { query: "walks", scope });
    expect((await bodyOf(response, SearchResponse)).results).toHaveLength(1);
    expect(server.assistant.searched[0]).toMatchObject({ query: "walks", limit: 10, scope });
    await server.send("POST", "/api/search", { query: "walks", limit: 100 });
    expect(server.assistant.searched[1]).toMatchObject({ limit: 100 });
  });
});

describe("find", () => {
  it("says where a sentence was read, and takes 1,000 characters at most", async () => {
    const found = await bodyOf(
      await server.send("POST", "/api/find", { text: "They converge" }),
      FindResponse,
    );
    expect(found).toMatchObject({ grade: "says-so", matches: [{ sentence: { text: "They converge" } }] });
    expect((await server.send("POST", "/api/find", { text: "a".repeat(1001) })).status).toBe(400);
    expect((await server.send("POST", "/api/find", { text: " " })).status).toBe(400);
  });
});

describe("ask as JSON", () => {
  it("gives the whole answer, which is stored", async () => {
    const answer = await ask();
    expect(answer.messageId).toMatch(/^[\w-]{22}$/);
    const message = await bodyOf(await server.get(`/api/messages/${answer.messageId}`), Message);
    expect(message).toMatchObject({ role: "assistant", answer });
  });

  it("hands on conversation, parent, scope and limit", async () => {
    const { conversationId, messageId } = await ask();
    const body = { question: "And?", conversationId, parentId: messageId, scope: { corpus: "a" }, limit: 3 };
    await server.send("POST", "/api/ask", body);
    expect(server.assistant.asked[1]).toMatchObject({ ...body, owner: "local" });
  });
});

describe("papers", () => {
  it("are narrowed by what is known of them", async () => {
    const query = "tag=a&tag=b&author=Ada&yearFrom=2019&yearTo=2021&venue=ACL&facets=true";
    await bodyOf(await server.get(`/api/papers?${query}`), PapersResponse);
    const filter = { tags: ["a", "b"], authors: ["Ada"], yearFrom: 2019, yearTo: 2021, venue: "ACL" };
    expect(server.assistant.papers).toMatchObject({ listed: [{ limit: 20, facets: true, filter }] });
  });

  it("are listed by page and query", async () => {
    await bodyOf(await server.get("/api/papers?query=walk&limit=5&cursor=abc"), PapersResponse);
    await bodyOf(await server.get("/api/papers"), PapersResponse);
    expect(server.assistant.papers).toMatchObject({
      listed: [
        { query: "walk", limit: 5, cursor: "abc", facets: false, filter: {} },
        { limit: 20, facets: false, filter: {} },
      ],
    });
  });

  it("are found by id and by an alias with a slash", async () => {
    for (const id of [samplePaper.id, encodeURIComponent(ALIAS)]) {
      expect((await bodyOf(await server.get(`/api/papers/${id}`), PaperResponse)).paper).toEqual(samplePaper);
    }
  });

  it("are read below their abstracts, in parts", async () => {
    const part = await bodyOf(await server.get("/api/papers/p1/body?start=3&end=7"), BodyResponse);
    expect(part).toEqual({ start: 3, end: 7, text: "walk", length: 39, page: 2, section: "3 Walks" });
  });

  it.each([
    ["", "bibtex", "application/x-bibtex"],
    ["?format=ris", "ris", "application/x-research-info-systems"],
    ["?format=csl-json", "csl-json", "application/vnd.citationstyles.csl+json"],
    ["?format=text", "text", "text/plain"],
  ])("are cited with %j as %s", async (query, format, mediaType) => {
    const response = await server.get(`/api/papers/p1/citation${query}`);
    expect(response.headers.get("content-type")).toBe(`${mediaType}; charset=utf-8`);
    expect(await response.text()).toBe(`${format}: On graph walks`);
  });
});

describe("conversations", () => {
  it("are listed, searched and paged", async () => {
    for (const question of ["one", "two", "three"]) await ask(question);
    const first = await bodyOf(await server.get("/api/conversations?limit=2"), ConversationsResponse);
    expect(first.conversations.map(({ title }) => title)).toEqual(["three", "two"]);
    const rest = await server.get(`/api/conversations?limit=2&cursor=${first.nextCursor}`);
    expect((await bodyOf(rest, ConversationsResponse)).conversations).toMatchObject([{ title: "one" }]);
    const found = await server.get("/api/conversations?query=TWO");
    expect(await bodyOf(found, ConversationsResponse)).toMatchObject({ total: 1 });
  });

  it("come with their messages by page", async () => {
    const { conversationId } = await ask();
    const first = await server.get(`/api/conversations/${conversationId}?limit=1`);
    const page = await bodyOf(first, ConversationResponse);
    expect(page).toMatchObject({ id: conversationId, total: 2, messages: [{ role: "user", text: "Why?" }] });
    const second = await server.get(`/api/conversations/${conversationId}?limit=1&cursor=${page.nextCursor}`);
    expect((await bodyOf(second, ConversationResponse)).messages).toMatchObject([{ role: "assistant" }]);
  });

  it("are renamed, deleted and restored", async () => {
    const { conversationId } = await ask();
    const address = `/api/conversations/${conversationId}`;
    expect((await bodyOf(await server.send("PATCH", address, { title: "New" }), Conversation)).title).toBe(
      "New",
    );
    const deleted = await server.send("DELETE", address);
    expect([deleted.status, await deleted.text()]).toEqual([204, ""]);
    expect((await server.get(address)).status).toBe(404);
    expect((await bodyOf(await server.send("POST", `${address}/restore`), Conversation)).title).toBe("New");
    expect((await server.get(address)).status).toBe(200);
  });

  it.each([
    ["", "markdown", "text/markdown"],
    ["?format=json", "json", "application/json"],
    ["?format=bibtex", "bibtex", "application/x-bibtex"],
    ["?format=ris", "ris", "application/x-research-info-systems"],
  ])("are exported with %j as %s, to a file of any name", async (query, format, mediaType) => {
    const { conversationId } = await ask("Évreux");
    const response = await server.get(`/api/conversations/${conversationId}/export${query}`);
    expect(response.headers.get("content-type")).toBe(`${mediaType}; charset=utf-8`);
    expect(response.headers.get("content-disposition")).toMatch(
      `filename*=UTF-8''%E2%80%9C%C3%89vreux%E2%80%9D.${format}`,
    );
    expect(await response.text()).toBe(`${format} of Évreux`);
  });
});

describe("messages", () => {
  it("take feedback, and tell it", async () => {
    const { messageId } = await ask();
    const feedback = { rating: "down", comment: "wrong paper" };
    const response = await server.send("POST", `/api/messages/${messageId}/feedback`, feedback);
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(await bodyOf(await server.get(`/api/messages/${messageId}`), Message)).toMatchObject({ feedback });
  });
});

it("suggests questions", async () => {
  const { suggestions } = await bodyOf(await server.get("/api/suggestions"), SuggestionsResponse);
  expect(suggestions).toEqual(["What ranks pages?"]);
});

it("answers HEAD as GET, without a body", async () => {
  const { messageId } = await ask();
  for (const address of ["/health", "/api/papers/p1", `/api/messages/${messageId}/events`]) {
    const response = await server.send("HEAD", address);
    expect([response.status, await response.text()]).toEqual([200, ""]);
  }
});
