/** Tools that ask: for an answer, a summary, a comparison, each with notes that were checked. */
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { type Answer, Confidence, type Paper } from "../protocol.ts";
import { answerText } from "./paper-text.ts";
import { Id, type McpOptions, READS, result, type Structured } from "./tool.ts";

const MOST_COMPARED = 4;

const AnswerResult = z.object({
  text: z.string(),
  confidence: Confidence,
  citations: z.array(
    z.object({
      marker: z.int(),
      paperId: z.string(),
      title: z.string(),
      quote: z.string(),
      page: z.int().optional(),
    }),
  ),
});

interface Extra {
  readonly signal: AbortSignal;
  readonly _meta?: { readonly progressToken?: string | number | undefined } | undefined;
  sendNotification(notification: {
    method: "notifications/progress";
    params: { progressToken: string | number; progress: number; message: string };
  }): Promise<void>;
}

export function addAsking(server: McpServer, options: McpOptions): void {
  const { assistant, report } = options;
  const described = { outputSchema: AnswerResult.shape, annotations: READS };
  server.registerTool(
    "ask_papers",
    {
      title: "Ask the papers",
      description:
        "An answer from the papers, each claim with a numbered note whose quote was checked against the paper; it says so where no paper answers.",
      inputSchema: {
        question: z.string().min(1).max(4000),
        paper_ids: z.array(Id).max(100).optional().describe("Only these papers"),
      },
      ...described,
    },
    ({ question, paper_ids }, extra) =>
      result(report, () => answered(options, { question, paperIds: paper_ids }, extra as unknown as Extra)),
  );
  server.registerTool(
    "summarize_paper",
    {
      title: "Summarize a paper",
      description: "What one paper is about, does and finds, in its own sentences, each with a note.",
      inputSchema: { id: Id },
      ...described,
    },
    ({ id }, extra) =>
      result(report, async () => {
        const { paper } = await assistant.papers.get(id);
        const question = `Summarize “${paper.title}”`;
        return answered(options, { question, paperIds: [paper.id] }, extra as unknown as Extra);
      }),
  );
  server.registerTool(
    "compare_papers",
    {
      title: "Compare papers",
      description: "Papers side by side, in their own sentences; `aspect` says in what respect.",
      inputSchema: {
        ids: z.array(Id).min(2).max(MOST_COMPARED),
        aspect: z.string().max(500).optional(),
      },
      ...described,
    },
    ({ ids, aspect }, extra) =>
      result(report, async () => {
        const papers: Paper[] = [];
        for (const id of ids) papers.push((await assistant.papers.get(id)).paper);
        const named = papers.map(({ title }) => `“${title}”`).join(" and ");
        const question = `Compare ${named}${aspect === undefined ? "" : ` on ${aspect}`}`;
        return answered(
          options,
          { question, paperIds: papers.map(({ id }) => id) },
          extra as unknown as Extra,
        );
      }),
  );
}

interface Asked {
  readonly question: string;
  readonly paperIds: readonly string[] | undefined;
}

/** Tells how far it is to who wants to know. @throws AppError that ended the answer */
async function answered({ caller }: McpOptions, { question, paperIds }: Asked, extra: Extra) {
  const scope = paperIds === undefined ? undefined : { paperIds: [...paperIds] };
  const token = extra._meta?.progressToken;
  let progress = 0;
  for await (const event of caller.ask({ question, scope }, extra.signal)) {
    if (event.type === "status" && token !== undefined) {
      progress += 1;
      const params = { progressToken: token, progress, message: event.stage };
      await extra.sendNotification({ method: "notifications/progress", params });
    }
    if (event.type === "error") throw new AppError(event.code, event.message);
    if (event.type === "done" || event.type === "aborted") {
      return { text: answerText(event.answer), structured: structuredOf(event.answer) };
    }
  }
  throw new AppError("internal", "The answer ended before it was complete");
}

function structuredOf({ text, confidence, citations }: Answer): Structured {
  const notes = citations.map(({ marker, paperId, title, quote, page }) => ({
    marker,
    paperId,
    title,
    quote,
    ...(page === undefined ? {} : { page }),
  }));
  return { text, confidence, citations: notes };
}
