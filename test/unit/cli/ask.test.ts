import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { Interrupted } from "../../../src/cli/stop.ts";
import { AppError } from "../../../src/errors.ts";
import { Problem } from "../../../src/protocol.ts";
import { CommandRun, makeAnswer, makeCitation, makeSource } from "../../support/cli.ts";

const ANSWER = makeAnswer("Codes **exist** [1]. Short [2].", {
  citations: [
    makeCitation(2, { quote: "Short\ncodes.", field: "body", page: 7, section: "3 Codes" }),
    makeCitation(1, { url: "https://example.org/1" }),
    makeCitation(1, { id: "c1b", quote: "Another.", support: "weak" }),
  ],
});

function streaming(run: CommandRun, deltas: readonly string[], answer = ANSWER): CommandRun {
  run.assistant.events = [
    { type: "start", conversationId: "k" },
    { type: "status", stage: "retrieving" },
    ...deltas.map((text) => ({ type: "delta", text }) as const),
    { type: "done", answer },
  ];
  return run;
}

describe("footnote ask", () => {
  it("ends with the questions to go on with, dimmed on a terminal", async () => {
    const answer = makeAnswer("Codes.", { next: ["What else is\u001b new?", "Who asks?"] });
    const run = streaming(new CommandRun(), ["Codes."], answer);
    await run.execute("ask", "What is new?");
    expect(run.stdout.text).toBe("Codes.\n\nAsk next\n  What else is␛ new?\n  Who asks?\n");
  });

  it("streams the answer, then its numbered references", async () => {
    const run = streaming(new CommandRun(), ["Codes **exist** [", "1]. Short ", "[2]."]);
    expect(await run.execute("ask", " What is new? ")).toBe(0);
    expect(run.stdout.text).toBe(`Codes exist [1]. Short [2].

References
[1] Paper 1
    https://example.org/1
    “Quote 1.”
    “Another.” (weak support)
[2] Paper 2
    “Short codes.” (p. 7, 3 Codes)
`);
    expect(run.stderr.text).toBe("");
    expect(run.assistant.asked).toMatchObject([{ question: "What is new?", owner: "local" }]);
    expect(run.assistant.asked[0]?.messageId).toMatch(/^[\w-]{22}$/);
    expect(run.assistant.closed).toBe(1);
  });

  it("writes each delta when it comes", async () => {
    const run = streaming(new CommandRun(), ["One ", "two."], makeAnswer("One two."));
    const seen: string[] = [];
    run.assistant.betweenEvents = async () => void seen.push(run.stdout.text);
    await run.execute("ask", "Q");
    expect(seen.slice(2, 4)).toEqual(["One ", "One two."]);
  });

  it("colours markers and bold text on a terminal, also when deltas cut them", async () => {
    const run = streaming(new CommandRun({ terminal: true }), [
      "Codes *",
      "*exist** [",
      "1]. Short [2",
      "].",
    ]);
    await run.execute("ask", "Q");
    expect(run.stdout.text).toContain(
      "Codes \u001b[1mexist\u001b[22m \u001b[36m[1]\u001b[39m. Short \u001b[36m[2]\u001b[39m.\n",
    );
  });

  it("prints exactly one JSON value with --json", async () => {
    const run = streaming(new CommandRun({ terminal: true }), ["Codes"]);
    expect(await run.execute("ask", "Q", "--json")).toBe(0);
    expect(JSON.parse(run.stdout.text)).toEqual(ANSWER);
  });

  it("counts not knowing as done", async () => {
    const text = "I found no abstract that says this.";
    const nearest = [makeSource(1, "Near *miss*")];
    const answer = makeAnswer(text, { abstained: true, confidence: "none", shape: "none", nearest });
    const run = streaming(new CommandRun(), [...text], answer);
    expect(await run.execute("ask", "Q")).toBe(0);
    expect(run.stdout.text).toBe(
      `${text}\n\nNearest:\n  Near *miss*\n\nOther words may find it, or the name of a paper.\n`,
    );
  });

  it("says quietly that an answer is less certain, and lists what a list left out", async () => {
    const citations = [makeCitation(1)];
    const sources = [
      makeSource(1, "Cited"),
      makeSource(2, "Left out"),
      { ...makeSource(3, "Far"), score: 0 },
    ];
    const more = { citations, sources, confidence: "tentative", shape: "list" } as const;
    const run = streaming(new CommandRun(), ["A [1]."], makeAnswer("A [1].", more));
    await run.execute("ask", "Q");
    expect(run.stdout.text).toMatch(/^A \[1\]\.\n\n\(less certain: /);
    expect(run.stdout.text).toMatch(/\n\nAlso found: 1 paper\n {2}Left out\n$/);
    const sure = streaming(
      new CommandRun(),
      ["A [1]."],
      makeAnswer("A [1].", { citations, sources, shape: "direct" }),
    );
    await sure.execute("ask", "Q");
    expect(sure.stdout.text).not.toMatch(/less certain|Also found/);
  });

  it("undoes the escapes of Markdown, wherever deltas cut it", async () => {
    const text = "a\\_b 5\\\\% \\[2] **b\\*\\*** $x_1*y$ [12] [x] \\";
    for (const parts of [[text], [...text]]) {
      const run = streaming(new CommandRun({ terminal: true }), parts, makeAnswer(text));
      await run.execute("ask", "Q");
      expect(run.stdout.text).toBe(
        "a_b 5\\% [2] \u001b[1mb**\u001b[22m $x_1*y$ \u001b[36m[12]\u001b[39m [x] \\\n",
      );
    }
  });

  it("lets no control character of the corpus through", async () => {
    const evil = "a\u001b]0;title\u0007b\u009b2Jc\r\nd\u202e";
    const answer = makeAnswer(evil, {
      citations: [makeCitation(1, { title: evil, quote: evil, url: evil })],
    });
    const run = streaming(new CommandRun(), [evil], answer);
    await run.execute("ask", "Q");
    expect(run.stdout.text).toContain("a␛]0;title␇b\ufffd2Jc\nd\ufffd\n");
    expect(run.stdout.text.replace(/\n/g, "")).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it("adds the checked text when checking changed what was streamed", async () => {
    const run = streaming(new CommandRun(), ["Wrong [9]."], makeAnswer("Right."));
    await run.execute("ask", "Q");
    expect(run.stdout.text).toBe("Wrong [9].\n\nAfter checking its sources:\n\nRight.\n");
  });

  it("tells what has no source, and a model that failed, on standard error", async () => {
    const answer = makeAnswer("Water is wet.", {
      unsupported: [{ start: 0, end: 13 }],
      fallback: { from: "ollama:x", reason: "no connection" },
    });
    const run = streaming(new CommandRun(), ["Water is wet."], answer);
    await run.execute("ask", "Q");
    expect(run.stdout.text).toBe("Water is wet.\n");
    expect(run.stderr.text).toBe(
      "footnote: ollama:x failed (no connection); this answer is quoted from the papers instead\nfootnote: no source supports “Water is wet.”\n",
    );
  });

  it("reads the question from standard input for -", async () => {
    const run = streaming(new CommandRun(), ["x"]);
    run.stdin = Readable.from([Buffer.from("Was ist z"), Buffer.from([0xc3]), Buffer.from([0xbc, 0x0a])]);
    await run.execute("ask", "-");
    expect(run.assistant.asked[0]?.question).toBe("Was ist zü");
  });

  it.each([
    ["an empty question", [" "], "footnote: the question is empty"],
    [
      "a question that is too long",
      ["x".repeat(4001)],
      "footnote: the question has 4001 characters, 4000 are allowed",
    ],
    ["no question", [], "footnote: missing required argument 'question'"],
    ["two questions", ["a", "b"], "footnote: too many arguments"],
    ["an unknown option", ["a", "--nope"], "footnote: unknown option '--nope'"],
  ])("refuses %s as wrong usage", async (_, argv, message) => {
    const run = new CommandRun();
    expect(await run.execute("ask", ...argv)).toBe(2);
    expect(run.stderr.text).toContain(message);
    expect(run.stdout.text).toBe("");
    expect(run.assistant.asked).toEqual([]);
  });
});

describe("footnote ask that fails", () => {
  it("prints one line and exits with 1", async () => {
    const run = new CommandRun();
    run.assistant.onStart = async () => {
      throw new AppError("internal", "EMBEDDING_MODEL is missing\nin two lines", {
        cause: new Error("ENOENT"),
      });
    };
    expect(await run.execute("ask", "Q")).toBe(1);
    expect(run.stderr.text).toBe("footnote: EMBEDDING_MODEL is missing in two lines\n");
    expect(run.assistant.closed).toBe(1);
  });

  it("prints causes and stack with LOG_LEVEL=debug", async () => {
    const run = new CommandRun();
    run.environment = { LOG_LEVEL: "debug" };
    run.assistant.onStart = async () => {
      throw new AppError("internal", "Broken", { cause: new Error("deep down") });
    };
    await run.execute("ask", "Q");
    expect(run.stderr.text).toMatch(/^footnote: Broken\n[\s\S]*deep down[\s\S]*ask\.test\.ts/);
  });

  it("names the variable that is wrong", async () => {
    const run = new CommandRun();
    run.environment = { PORT: "x" };
    expect(await run.execute("ask", "Q")).toBe(78);
    expect(run.stderr.text).toBe('footnote: PORT="x": takes a whole number from 0 to 65535\n');
  });

  it("prints the problem as JSON for who asked for JSON", async () => {
    const run = new CommandRun();
    run.assistant.events = [{ type: "error", code: "model_error", message: "No model", retryable: true }];
    expect(await run.execute("ask", "Q", "--json")).toBe(1);
    expect(JSON.parse(run.stdout.text)).toEqual({
      error: { code: "model_error", message: "No model", retryable: true },
    });
    expect(run.stderr.text).toBe("footnote: No model\n");
  });

  it("prints a wrong variable as JSON too", async () => {
    const run = new CommandRun();
    run.environment = { API_KEYS: "alice" };
    expect(await run.execute("ask", "Q", "--json")).toBe(78);
    const { error } = Problem.parse(JSON.parse(run.stdout.text));
    expect(error).toMatchObject({ code: "config", retryable: false, field: "API_KEYS" });
    expect(run.stderr.text).toBe(`footnote: ${error.message}\n`);
  });

  it("says where to look after an unexpected error, or an answer without an end", async () => {
    const run = new CommandRun();
    run.assistant.onStart = () => Promise.reject(new TypeError("x is undefined"));
    expect(await run.execute("ask", "Q")).toBe(1);
    expect(run.stderr.text).toBe("footnote: x is undefined (LOG_LEVEL=debug shows where)\n");

    const endless = new CommandRun();
    endless.assistant.events = [{ type: "delta", text: "Half" }];
    expect(await endless.execute("ask", "Q")).toBe(1);
    expect(endless.stdout.text).toBe("Half\n");
    expect(endless.stderr.text).toContain("ended before it was complete");
  });
});

describe("footnote ask that is stopped", () => {
  it("hands the abort on, keeps what was printed and exits with 130", async () => {
    const run = new CommandRun();
    run.assistant.events = [
      { type: "delta", text: "Half an " },
      { type: "aborted", answer: makeAnswer("Half an ") },
    ];
    run.assistant.betweenEvents = async () => run.controller.abort(new Interrupted("SIGINT"));
    expect(await run.execute("ask", "Q")).toBe(130);
    expect(run.stdout.text).toBe("Half an \n");
    expect(run.stderr.text).toBe("");
    expect(run.assistant.asked[0]?.signal?.aborted).toBe(true);
    expect(run.assistant.closed).toBe(1);
  });

  it("does not wait for an index that loads", async () => {
    const run = new CommandRun();
    run.assistant.onStart = () => {
      setImmediate(() => run.controller.abort(new Interrupted("SIGINT")));
      return new Promise(() => {});
    };
    expect(await run.execute("ask", "Q")).toBe(130);
    expect(run.assistant.closed).toBe(1);
  });

  it("ends while it waits for standard input", async () => {
    const run = new CommandRun();
    run.stdin = new Readable({ read() {} });
    const ended = run.execute("ask", "-");
    setImmediate(() => run.controller.abort(new Interrupted("SIGINT")));
    expect(await ended).toBe(130);
  });
});
