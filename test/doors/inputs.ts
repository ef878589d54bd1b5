/** Inputs changed at random from right ones, the same every run: FUZZ_SEED names another seed. */
import fc from "fast-check";

const SEED = Number(process.env.FUZZ_SEED ?? 20_240_607);

/** What exists on the server, so that some inputs are right all the way. */
export interface Known {
  readonly messageId: string;
  readonly conversationId: string;
  readonly paperId: string;
}

/** `count` values, some simple, some large. */
export function samples<Value>(arbitrary: fc.Arbitrary<Value>, count: number): Value[] {
  return fc.sample(arbitrary, { numRuns: count, seed: SEED });
}

const ODD = [
  "",
  '"',
  "{",
  "]",
  "null",
  "-1",
  "1e999",
  "\0",
  "\n",
  "__proto__",
  "constructor",
  "\\ud800",
  "%00",
  "../",
  "'; DROP TABLE messages; --",
  "{{7*7}}",
  "<script>",
  "\u202e",
  "[".repeat(5000),
  "9".repeat(400),
];
const odd = fc.constantFrom(...ODD);

/** `text` with a span cut out, doubled, or replaced by something else; now and then as it is. */
function changed(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({
      text: fc.constantFrom(...texts),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(20),
      put: fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), odd),
      times: fc.constantFrom(0, 1, 1, 1, 2),
    })
    .map(({ text, at, length, put, times }) => {
      const start = Math.floor(at * text.length);
      const cut = text.slice(start, start + length);
      if (times === 0) return text;
      return text.slice(0, start) + (times === 2 ? cut + cut : put) + text.slice(start + length);
    });
}

const words = fc.oneof(
  fc.constantFrom("What are massive activations?", "How does NIRVANA speed up decoding?", "And why?", "hi"),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  odd,
);

/** Right bodies of every route that takes one, by address. */
function bodies({ messageId, conversationId, paperId }: Known) {
  const scope = { paperIds: [paperId], filter: { yearFrom: 2000, tags: ["a"] } };
  return {
    "POST /api/ask": [
      { question: "What are massive activations?", limit: 3 },
      { question: "And why?", conversationId, parentId: messageId, scope },
      { question: "Why?", conversationId: "nothing" },
    ],
    "POST /api/search": [
      { query: "length generalization", limit: 5 },
      { query: "decoding", scope },
    ],
    "POST /api/find": [
      { text: "We call them massive activations.", limit: 2 },
      { text: "decoding", scope },
    ],
    [`POST /api/messages/${messageId}/feedback`]: [{ rating: "up", comment: "good" }, { rating: "down" }],
    [`PATCH /api/conversations/${conversationId}`]: [{ title: "A better title" }],
  };
}

const anyFields = fc.record(
  {
    question: fc.oneof(words, fc.jsonValue()),
    query: fc.oneof(words, fc.jsonValue()),
    text: fc.oneof(words, fc.jsonValue()),
    title: fc.oneof(words, fc.jsonValue()),
    rating: fc.oneof(fc.constantFrom("up", "down"), fc.jsonValue()),
    comment: fc.oneof(words, fc.jsonValue()),
    conversationId: fc.oneof(fc.string(), fc.jsonValue()),
    parentId: fc.oneof(fc.string(), fc.jsonValue()),
    scope: fc.oneof(fc.record({ paperIds: fc.array(fc.string(), { maxLength: 3 }) }), fc.jsonValue()),
    limit: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

/** A call and its body. */
export function calls(known: Known): fc.Arbitrary<{ call: string; body: string }> {
  const right = bodies(known);
  const call = fc.constantFrom(...Object.keys(right));
  const body = fc.oneof(
    {
      weight: 4,
      arbitrary: changed(
        Object.values(right)
          .flat()
          .map((value) => JSON.stringify(value)),
      ),
    },
    { weight: 3, arbitrary: anyFields.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  );
  return fc.record({ call, body });
}

/** Text of a WebSocket frame. */
export function frames(known: Known): fc.Arbitrary<string> {
  const { messageId, conversationId, paperId } = known;
  const right = [
    { type: "hello", protocol: 1, token: "t" },
    { type: "ask", requestId: "r1", question: "What are massive activations?", limit: 5 },
    { type: "ask", requestId: "r2", question: "Why?", conversationId, scope: { paperIds: [paperId] } },
    { type: "cancel", messageId },
    { type: "resume", messageId, afterSeq: 0 },
    { type: "ping" },
  ];
  const fields = fc.record(
    {
      type: fc.constantFrom("hello", "ask", "cancel", "resume", "ping", "nothing", "constructor"),
      requestId: fc.oneof(fc.string(), fc.stringMatching(/^[\w-]{1,64}$/)),
      question: fc.oneof(words, fc.jsonValue()),
      messageId: fc.oneof(fc.constant(messageId), fc.string(), fc.jsonValue()),
      conversationId: fc.oneof(fc.constant(conversationId), fc.string()),
      afterSeq: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
      scope: fc.jsonValue(),
      protocol: fc.oneof(fc.constant(1), fc.jsonValue()),
      token: fc.oneof(fc.string(), fc.jsonValue()),
      limit: fc.oneof(fc.integer(), fc.jsonValue()),
    },
    { requiredKeys: ["type"] },
  );
  return fc.oneof(
    { weight: 5, arbitrary: changed(right.map((frame) => JSON.stringify(frame))) },
    { weight: 4, arbitrary: fields.map((frame) => JSON.stringify(frame)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  );
}

/** Without halves of surrogate pairs, which no address can carry. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

/** A method and an address, with or without a query, as it may stand in a request line. */
export function addresses(known: Known): fc.Arbitrary<{ method: string; address: string }> {
  const { messageId, conversationId, paperId } = known;
  const paper = encodeURIComponent(paperId);
  const right = [
    "/",
    "/health",
    "/ready",
    "/metrics",
    "/assets/index.js",
    "/conversations/1",
    "/api/openapi.json",
    "/api/suggestions",
    "/api/papers?query=language&limit=5",
    `/api/papers/${paper}`,
    `/api/papers/${paper}/citation?format=ris`,
    "/api/conversations?query=massive&limit=2",
    `/api/conversations/${conversationId}?limit=1`,
    `/api/conversations/${conversationId}/export?format=bibtex`,
    `/api/messages/${messageId}`,
    `/api/messages/${messageId}/events`,
  ];
  const names = fc.constantFrom("limit", "cursor", "query", "format", "__proto__", "a[b]", "limit[]");
  const pairs = fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.integer().map(String), odd)), {
    maxLength: 4,
  });
  const queried = fc
    .tuple(fc.constantFrom(...right), pairs)
    .map(([address, query]) => `${address.split("?")[0]}?${new URLSearchParams(query)}`);
  const tails = fc
    .tuple(fc.constantFrom(...right), fc.oneof(fc.string(), odd))
    .map(([address, tail]) => `${address.split("?")[0]}/${encodeURIComponent(wellFormed(tail))}`);
  const address = fc.oneof(
    { weight: 3, arbitrary: queried },
    { weight: 2, arbitrary: tails },
    { weight: 2, arbitrary: changed(right) },
    { weight: 1, arbitrary: fc.constantFrom(...right) },
  );
  const method = fc.constantFrom(
    "GET",
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "OPTIONS",
    "PROPFIND",
  );
  // A line that is none is for the raw requests.
  return fc
    .record({ method, address: address.map((text) => text.replace(/[^\x21-\xff]/g, "")) })
    .map((call) => ({
      ...call,
      address: call.address.startsWith("/") ? call.address : `/${call.address}`,
    }));
}

/** The bytes of a request, its head changed, up to being none. */
export function requests(known: Known): fc.Arbitrary<string> {
  const body = JSON.stringify({ question: "What are massive activations?" });
  const post = [
    "POST /api/ask HTTP/1.1",
    "Host: localhost",
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  const get = [
    `GET /api/messages/${known.messageId}/events HTTP/1.1`,
    "Host: localhost",
    "Last-Event-ID: 0",
    "Connection: close",
  ];
  const extra = fc.constantFrom(
    "Host: evil.example",
    "Origin: https://evil.example",
    "Origin: null",
    "Authorization: Bearer a-key-that-is-not-one",
    "Accept: text/event-stream",
    "Accept: */*;q=x",
    "Accept-Encoding: gzip",
    "Content-Encoding: br",
    "Content-Type: text/plain",
    "Content-Type: application/json; charset=utf-7",
    "Content-Length: 5",
    "Content-Length: -1",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: identity, chunked",
    "Expect: 100-continue",
    "Expect: the-unexpected",
    "Upgrade: websocket",
    "Upgrade: h2c",
    "Connection: Upgrade",
    "Range: bytes=0-1",
    "If-None-Match: *",
    "X-Forwarded-For: 127.0.0.1, , x",
    `X-Long: ${"x".repeat(20_000)}`,
    "Last-Event-ID: 1e3",
    "Cookie: a=b; __proto__=c",
    " folded: line",
    "no colon at all",
    ": no name",
  );
  const right = fc.constantFrom(`${post.join("\r\n")}\r\n\r\n${body}`, `${get.join("\r\n")}\r\n\r\n`);
  const withExtras = fc
    .tuple(right, fc.array(extra, { minLength: 1, maxLength: 3 }), fc.nat(4))
    .map(([text, lines, at]) => {
      const [head = "", rest = ""] = text.split("\r\n\r\n");
      const kept = head.split("\r\n");
      kept.splice(at + 1, 0, ...lines);
      return `${kept.join("\r\n")}\r\n\r\n${rest}`;
    });
  return fc.oneof(
    { weight: 5, arbitrary: withExtras },
    { weight: 3, arbitrary: changed([`${post.join("\r\n")}\r\n\r\n${body}`, `${get.join("\r\n")}\r\n\r\n`]) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  );
}

/** What may be sent for a key: the right one cut, grown or dressed up, and anything else. */
export function keys(right: string): fc.Arbitrary<string> {
  return fc.oneof(changed([right, `Bearer ${right}`]), fc.string({ maxLength: 600 }), fc.constant(right));
}
