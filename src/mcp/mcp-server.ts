/** The corpus as a server of the Model Context Protocol: tools to search, read, ask, compare and cite, and papers as resources. */
import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { ReferenceFormat } from "../protocol.ts";
import { addAsking } from "./asking-tools.ts";
import { addressOf, DATA_NOTICE, fenced } from "./paper-text.ts";
import { Id, type McpOptions, READS, result } from "./tool.ts";

const MOST_RESULTS = 50;
/** Letters of the passage that a result of a search shows. */
const MOST_SHOWN = 400;
const MOST_REFERENCES = 100;
/** Bytes of references that are pasted. */
const MOST_PASTED = 400_000;

const ResultRow = z.object({ id: z.string(), title: z.string(), url: z.string(), text: z.string() });
export function createMcpServer(options: McpOptions): McpServer {
  const server = new McpServer(
    { name: "footnote", title: "Footnote", version: options.version },
    { instructions: `Research papers, searched and quoted. ${DATA_NOTICE} Cite the paper of each claim.` },
  );
  addReading(server, options);
  addFinding(server, options);
  addAsking(server, options);
  addReferences(server, options);
  if (options.caller.admin) addPapers(server, options);
  addResources(server, options);
  return server;
}

/** `search` and `fetch` as ChatGPT's connectors want them: JSON in the text. */
function addReading(server: McpServer, { assistant, caller, base, report }: McpOptions): void {
  server.registerTool(
    "search",
    {
      title: "Search papers",
      description: "Papers for a query, best first, each with its best passage. `fetch` reads one.",
      inputSchema: {
        query: z.string().min(1).max(4000),
        limit: z.int().min(1).max(MOST_RESULTS).default(10).optional(),
      },
      outputSchema: { results: z.array(ResultRow) },
      annotations: READS,
    },
    ({ query, limit = 10 }, { signal }) =>
      result(report, async () => {
        caller.countSearch();
        const { results } = await assistant.search({ query, limit, signal });
        const rows = results.map(({ paper, passages }) => ({
          id: paper.id,
          title: paper.title,
          url: addressOf(paper, base),
          text: fenced((passages[0]?.text ?? "").slice(0, MOST_SHOWN)),
        }));
        return { text: JSON.stringify({ results: rows }), structured: { results: rows } };
      }),
  );
  server.registerTool(
    "fetch",
    {
      title: "Read a paper",
      description: "The abstract of a paper and what is known of it, by an id that `search` gave.",
      inputSchema: { id: Id },
      outputSchema: { ...ResultRow.shape, metadata: z.record(z.string(), z.unknown()) },
      annotations: READS,
    },
    ({ id }) =>
      result(report, async () => {
        const { paper } = await assistant.papers.get(id);
        const { abstract, title, id: own, ...metadata } = paper;
        const row = { id: own, title, text: fenced(abstract), url: addressOf(paper, base), metadata };
        return { text: JSON.stringify(row), structured: row };
      }),
  );
}

function addFinding(server: McpServer, { assistant, caller, base, report }: McpOptions): void {
  server.registerTool(
    "find_quote",
    {
      title: "Find where a sentence stands",
      description: "The papers that say a sentence, word for word or nearly, each with its own sentence.",
      inputSchema: { text: z.string().min(1).max(1000) },
      annotations: READS,
    },
    ({ text }, { signal }) =>
      result(report, async () => {
        caller.countSearch();
        const found = await assistant.find({ text, limit: 5, signal });
        return { text: fenced(JSON.stringify(found)) };
      }),
  );
  server.registerTool(
    "related_papers",
    {
      title: "Papers like one",
      description: "The papers that are most like a given one.",
      inputSchema: { id: Id },
      outputSchema: { results: z.array(ResultRow.omit({ text: true })) },
      annotations: READS,
    },
    ({ id }) =>
      result(report, async () => {
        const { related } = await assistant.papers.get(id);
        const results = related.map(({ paper }) => ({
          id: paper.id,
          title: paper.title,
          url: addressOf(paper, base),
        }));
        return { text: JSON.stringify({ results }), structured: { results } };
      }),
  );
}

function addReferences(server: McpServer, { assistant, report }: McpOptions): void {
  server.registerTool(
    "export_references",
    {
      title: "References",
      description: "Papers as references: BibTeX, RIS, CSL-JSON or plain text.",
      inputSchema: {
        ids: z.array(Id).min(1).max(MOST_REFERENCES),
        format: ReferenceFormat.default("bibtex").optional(),
      },
      annotations: READS,
    },
    ({ ids, format = "bibtex" }) =>
      result(report, async () => {
        const parts: string[] = [];
        for (const id of ids) parts.push((await assistant.papers.citation(id, format)).body.trim());
        return { text: parts.join("\n\n") };
      }),
  );
}

function addPapers(server: McpServer, { assistant, report }: McpOptions): void {
  server.registerTool(
    "add_papers",
    {
      title: "Add papers",
      description: "Adds papers to the corpus from pasted references: BibTeX, RIS, CSL-JSON or JSON Lines.",
      inputSchema: { references: z.string().min(1).max(MOST_PASTED) },
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    ({ references }, { signal }) =>
      result(report, async () => {
        const { additions } = assistant;
        const { id } = await additions.open();
        await additions.addFile(id, "pasted.txt", references, signal);
        const { state } = await additions.start(id);
        return { text: `Addition ${id} is ${state}: GET /api/ingest/${id} tells its report.` };
      }),
  );
}

function addResources(server: McpServer, { assistant }: McpOptions): void {
  server.registerResource(
    "paper",
    new ResourceTemplate("paper://{id}", { list: undefined }),
    { title: "A paper", description: "Title and abstract of a paper, by its id", mimeType: "text/plain" },
    async (uri, { id }) => {
      const { paper } = await assistant.papers.get(String(id));
      return {
        contents: [
          { uri: uri.href, mimeType: "text/plain", text: fenced(`${paper.title}\n\n${paper.abstract}`) },
        ],
      };
    },
  );
  server.registerPrompt(
    "literature_review",
    {
      title: "Literature review",
      description: "A review of what the papers here say on a topic, every claim cited",
      argsSchema: { topic: z.string().max(500) },
    },
    ({ topic }) => ({
      messages: [
        {
          role: "user",
          content: {
            type: "text",
            text: `Write a short review of what the papers say on ${JSON.stringify(topic)}. Use \`search\` with several wordings, read what fits with \`fetch\`, ask \`ask_papers\` where papers may disagree, and cite every claim by its paper. Say plainly what the papers do not say. Close with the references by \`export_references\`.`,
          },
        },
      ],
    }),
  );
}
