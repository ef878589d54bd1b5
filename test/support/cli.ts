import { Readable, Writable } from "node:stream";
import type { BackupReport } from "../../src/assistant/backup/backup.ts";
import type { Finding } from "../../src/assistant/doctor/finding.ts";
import type {
  Additions,
  AskRequest,
  Assistant,
  Conversations,
  IngestReport,
  IngestRequest,
  Papers,
  SearchRequest,
  StartOptions,
  TagChange,
} from "../../src/assistant/port.ts";
import type { StartServer } from "../../src/cli/commands/serve.ts";
import type { CommandContext } from "../../src/cli/context.ts";
import { Output, type OutputStream } from "../../src/cli/output.ts";
import { run } from "../../src/cli/program.ts";
import { OutputClosed } from "../../src/cli/stop.ts";
import { surveyConfig } from "../../src/config/survey-config.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { AppError } from "../../src/errors.ts";
import type {
  Answer,
  AnswerEvent,
  Citation,
  FindResponse,
  Readiness,
  SearchResponse,
  Source,
} from "../../src/protocol.ts";
import { FakePapers } from "./fake-papers.ts";

/** A stream that keeps what is written to it; `terminal` makes it look like one with colours. */
export class FakeStream extends Writable {
  readonly isTTY: boolean;
  readonly columns = 60;
  text = "";
  /** The error that the next write meets. */
  failWith: NodeJS.ErrnoException | undefined;

  constructor(terminal = false) {
    super({ decodeStrings: false, autoDestroy: false });
    this.isTTY = terminal;
  }

  hasColors(): boolean {
    return this.isTTY;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.failWith === undefined) this.text += String(chunk);
    done(this.failWith ?? null);
  }
}

const EMPTY_REPORT: IngestReport = {
  papers: 0,
  passages: 0,
  added: 0,
  updated: 0,
  removed: 0,
  unchanged: 0,
  duplicates: 0,
  embedded: 0,
  problems: [],
  notes: [],
  tookMs: 0,
};

/** An assistant that answers what the test tells it to, and records what it was asked. */
export class ScriptedAssistant implements Assistant {
  readonly asked: AskRequest[] = [];
  readonly searched: SearchRequest[] = [];
  found: FindResponse = { grade: "nowhere", matches: [], tookMs: 0 };
  readonly summarized: string[] = [];
  readonly ingested: IngestRequest[] = [];
  closed = 0;
  ready: Readiness = {
    status: "ready",
    papers: 2,
    passages: 5,
    embeddingModel: "test",
    answerModel: "extractive",
    components: {},
  };
  events: AnswerEvent[] = [];
  /** Runs between two events. */
  betweenEvents: () => Promise<void> = async () => {};
  onStart: (options: StartOptions) => Promise<void> = async () => {};
  onBackgroundError: ((error: unknown) => void) | undefined;
  response: SearchResponse = { results: [], tookMs: 1 };
  onIngest: (request: IngestRequest) => Promise<IngestReport> = async () => EMPTY_REPORT;

  get conversations(): Conversations {
    throw new Error("no command uses conversations");
  }

  get additions(): Additions {
    throw new Error("no command uses additions");
  }

  readonly removed: string[][] = [];

  async removePapers(ids: readonly string[]): Promise<IngestReport> {
    this.removed.push([...ids]);
    return { ...EMPTY_REPORT, removed: ids.length };
  }

  async embed(): Promise<never> {
    throw new AppError("internal", "nothing is embedded here");
  }

  readonly tagged: unknown[] = [];

  async tagPapers(ids: readonly string[], change: TagChange): Promise<IngestReport> {
    this.tagged.push({ ids, ...change });
    return { ...EMPTY_REPORT, updated: ids.length };
  }

  readonly papers: Papers = new FakePapers();

  start(options: StartOptions = {}): Promise<void> {
    return this.onStart(options);
  }

  readiness(): Readiness {
    return this.ready;
  }

  async *ask(request: AskRequest): AsyncGenerator<AnswerEvent, void> {
    this.asked.push(request);
    for (const event of this.events) {
      yield event;
      await this.betweenEvents();
    }
  }

  async *summarize(titleOrId: string): AsyncGenerator<AnswerEvent, void> {
    this.summarized.push(titleOrId);
    yield* this.events;
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    this.searched.push(request);
    return this.response;
  }

  async find(): Promise<FindResponse> {
    return this.found;
  }

  async suggestions(): Promise<string[]> {
    return [];
  }

  map(): never {
    throw new Error("no command uses the map");
  }

  ingest(request: IngestRequest): Promise<IngestReport> {
    this.ingested.push(request);
    return this.onIngest(request);
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

/** One `footnote …` in process, with everything it would meet. */
export class CommandRun {
  readonly assistant = new ScriptedAssistant();
  readonly controller = new AbortController();
  readonly stdout: FakeStream;
  readonly stderr: FakeStream;
  stdin = Readable.from([""]);
  environment: NodeJS.ProcessEnv = {};
  startServer: StartServer = async () => {
    throw new Error("this test starts no server");
  };
  openSlack: CommandContext["openSlack"] = async () => {
    throw new Error("this test opens no Slack");
  };
  /** What `examine` finds, and with which configurations it was asked. */
  findings: readonly Finding[] = [];
  readonly examined: Config[] = [];
  onBackup: (config: Config, into: string) => Promise<BackupReport> = async (_, into) => ({ folder: into });
  /** Another assistant than the scripted one. */
  onCreate: (config: Config) => Assistant = () => this.assistant;
  /** Grace periods that the server was closed with. */
  readonly closedWith: (number | undefined)[] = [];

  constructor({ terminal = false } = {}) {
    this.stdout = new FakeStream(terminal);
    this.stderr = new FakeStream(terminal);
  }

  /** A server that listens nowhere. */
  readonly server: Awaited<ReturnType<StartServer>> = {
    url: "http://127.0.0.1:4711",
    close: async (graceMs) => {
      this.closedWith.push(graceMs);
    },
  };

  execute(...argv: string[]): Promise<number> {
    const output = (stream: OutputStream, onBroken?: () => void) => new Output(stream, onBroken);
    const context: CommandContext = {
      stdout: output(this.stdout, () => this.controller.abort(new OutputClosed())),
      stderr: output(this.stderr),
      stdin: this.stdin,
      signal: this.controller.signal,
      version: "1.2.3",
      loadConfig: async (): Promise<Config> => loadConfig(this.environment, "/nonexistent"),
      surveyConfig: async () => surveyConfig(this.environment, "/nonexistent"),
      examine: async (config) => {
        this.examined.push(config);
        return this.findings;
      },
      backup: (config, into) => this.onBackup(config, into),
      openSlack: (assistant, config) => this.openSlack(assistant, config),
      createAssistant: async (config, onBackgroundError) => {
        this.assistant.onBackgroundError = onBackgroundError;
        return this.onCreate(config);
      },
    };
    return run(argv, context, (assistant, config) => this.startServer(assistant, config));
  }
}

export function makeCitation(marker: number, more: Partial<Citation> = {}): Citation {
  return {
    id: `c${marker}`,
    marker,
    paperId: `p${marker}`,
    paperRevision: "r",
    title: `Paper ${marker}`,
    claim: { start: 0, end: 1 },
    field: "abstract",
    quote: `Quote ${marker}.`,
    start: 0,
    end: 8,
    support: "strong",
    ...more,
  };
}

export function makeSource(marker: number, title: string): Source {
  const paper = { id: `p${marker}`, title, source: "fixture", revision: "r" };
  return { marker, paper, score: 1 / marker, passages: [] };
}

export function makeAnswer(text: string, more: Partial<Answer> = {}): Answer {
  return {
    messageId: "m",
    conversationId: "k",
    question: "Q?",
    standaloneQuestion: "Q?",
    text,
    citations: [],
    sources: [],
    confidence: "high",
    abstained: false,
    unsupported: [],
    model: "extractive",
    timings: { retrievalMs: 1, firstTokenMs: 1, totalMs: 1 },
    ...more,
  };
}
