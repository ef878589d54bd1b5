import { FootnoteError } from "../../src/client.ts";
import { MAX_ADDED_FILES } from "../../src/protocol/limits.ts";
import type { Addition } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { corpusChanged } from "../state/corpus.ts";
import { type Problem, toProblem } from "../state/problem.ts";
import { Store } from "../state/store.ts";
import type { Picked, PickedFile } from "./picked-files.ts";

/** Milliseconds between two looks at what runs, and at a server that does not answer. */
const LOOK_EVERY_MS = 500;
const LOOK_IN_VAIN_MS = 2000;

type Step = "preview" | "start" | "cancel" | "undo";

export interface Unsent {
  readonly name: string;
  readonly reason: string;
  /** Where the page still has it, to be sent again. */
  readonly file?: Blob;
}

export interface WorkState {
  /** None until the server has opened it. */
  readonly addition: Addition | undefined;
  /** Of the files that were picked, the one that is on its way; bytes of those before it, and of all. */
  readonly sending:
    | {
        readonly name: string;
        readonly at: number;
        readonly of: number;
        readonly sent: number;
        readonly bytes: number;
      }
    | undefined;
  readonly unsent: readonly Unsent[];
  readonly leftOut: readonly string[];
  readonly asked: Step | undefined;
  readonly problem: Problem | undefined;
}

/** An addition of papers as the page holds it: its files on their way to the server, and what becomes of them there. */
export class AdditionWork {
  readonly state: Store<WorkState>;
  readonly #onNamed: (work: AdditionWork, id: string) => void;
  #id: string | undefined;
  #waiting: PickedFile[] = [];
  /** Files and bytes picked since the last time that nothing was waiting. */
  #picked = { files: 0, bytes: 0 };
  #isSending = false;
  #isLeft = false;
  #stop = new AbortController();
  #following: Promise<void> | undefined;
  /** Counts steps: what was asked before one, and comes after it, is old. */
  #turn = 0;

  constructor(
    id: string | undefined,
    unsent: readonly Unsent[],
    onNamed: (work: AdditionWork, id: string) => void,
  ) {
    this.#id = id;
    this.#onNamed = onNamed;
    this.state = new Store<WorkState>({
      addition: undefined,
      sending: undefined,
      unsent,
      leftOut: [],
      asked: undefined,
      problem: undefined,
    });
  }

  get id(): string | undefined {
    return this.#id;
  }

  /** Whether more files may come; while it is read, they wait. */
  get takesFiles(): boolean {
    const { addition } = this.state.get();
    return addition === undefined || /^(?:open|reading|previewed|failed)$/.test(addition.state);
  }

  /** Names of what has not arrived. */
  get missing(): string[] {
    const { sending, unsent } = this.state.get();
    return [
      ...(sending === undefined ? [] : [sending.name]),
      ...[...this.#waiting, ...unsent].map(({ name }) => name),
    ];
  }

  /** Reads from the server how far it is. */
  async load(): Promise<void> {
    if (this.#id === undefined || this.#isSending) return;
    await this.#look(this.#id);
    void this.#follow();
  }

  /** Sends the files, one after another, and asks what they would change. */
  take({ files, leftOut, unread }: Picked): void {
    const { unsent, leftOut: before, addition } = this.state.get();
    const room = Math.max(0, MAX_ADDED_FILES - (addition?.files.length ?? 0) - this.#waiting.length);
    const reason = `One addition takes ${MAX_ADDED_FILES.toLocaleString("en")} files: add this one afterwards.`;
    const beyond = files.slice(room).map((one) => ({ ...one, reason }));
    this.#change({
      leftOut: [...before, ...leftOut],
      unsent: [...unsent, ...unread, ...beyond],
      problem: undefined,
    });
    const taken = files.slice(0, room);
    if (taken.length === 0) return;
    this.#waiting.push(...taken);
    this.#picked.files += taken.length;
    this.#picked.bytes += taken.reduce((sum, { file }) => sum + file.size, 0);
    void this.#send();
  }

  /** Gives up what was not sent. @returns what of it can be sent again */
  dropUnsent(): PickedFile[] {
    const { unsent } = this.state.get();
    this.#change({ unsent: [] });
    return unsent.flatMap(({ name, file }) => (file === undefined ? [] : [{ name, file }]));
  }

  preview = (): Promise<void> => this.#step("preview");
  start = (): Promise<void> => this.#step("start");
  undo = (): Promise<void> => this.#step("undo");

  /** The page is being left: nothing more is asked of the server. */
  leave(): void {
    this.#isLeft = true;
  }

  /** Nothing of it is sent any more, and nothing of it is added. */
  cancel = async (): Promise<void> => {
    this.#stop.abort();
    this.#waiting = [];
    this.#change({ unsent: [], leftOut: [] });
    await this.#step("cancel");
  };

  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const id = await this.#open();
      stop.signal.throwIfAborted();
      if (this.state.get().addition?.state === "reading") await this.#follow();
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        await this.#sendOne(id, next, stop.signal);
      }
    } catch (error) {
      if (!stop.signal.aborted) this.#keepUnsent(this.#waiting, error);
      this.#waiting = [];
    }
    this.#isSending = false;
    this.#picked = { files: 0, bytes: 0 };
    this.#change({ sending: undefined });
    // What was on its way has failed because the page is going: that is no end of the files.
    if (this.#isLeft) return;
    const { addition } = this.state.get();
    if (stop.signal.aborted) await this.#step("cancel");
    else if (addition?.state === "open" && addition.files.length > 0) await this.preview();
  }

  async #open(): Promise<string> {
    if (this.#id !== undefined) return this.#id;
    this.#say(this.#waiting[0]?.name ?? "");
    const addition = await client.additions.open();
    this.#id = addition.id;
    this.#show(addition);
    this.#onNamed(this, addition.id);
    return addition.id;
  }

  /** @throws where no other file would arrive either */
  async #sendOne(id: string, one: PickedFile, signal: AbortSignal): Promise<void> {
    this.#say(one.name, one);
    try {
      await one.file.slice(0, 1).arrayBuffer();
      this.#show(await client.additions.addFile(id, one.name, one.file, { signal }));
    } catch (error) {
      if (!signal.aborted) this.#keepUnsent([one], error);
      const concernsIt =
        error instanceof FootnoteError ? /^(?:too_large|bad_request)$/.test(error.code) : true;
      if (signal.aborted || !concernsIt) throw error;
    }
  }

  #say(name: string, current?: PickedFile): void {
    const { files, bytes } = this.#picked;
    const left = [...(current === undefined ? [] : [current]), ...this.#waiting];
    const sent = bytes - left.reduce((sum, { file }) => sum + file.size, 0);
    this.#change({ sending: { name, at: files - left.length + 1, of: files, sent, bytes } });
  }

  #keepUnsent(files: readonly PickedFile[], error: unknown): void {
    const reason =
      error instanceof FootnoteError
        ? toProblem(error).message
        : "It cannot be read: it was moved or changed, or this browser may not open it.";
    this.#change({ unsent: [...this.state.get().unsent, ...files.map((one) => ({ ...one, reason }))] });
  }

  async #step(step: Step): Promise<void> {
    const id = this.#id;
    const { asked } = this.state.get();
    if (id === undefined || (asked !== undefined && step !== "cancel")) return;
    this.#turn++;
    this.#change({ asked: step, problem: undefined });
    try {
      this.#show(await client.additions[step](id));
    } catch (error) {
      this.#change({ problem: toProblem(error) });
    }
    this.#turn++;
    this.#change({ asked: undefined });
    void this.#follow();
  }

  /** Looks again and again while something runs. */
  #follow(): Promise<void> {
    this.#following ??= this.#lookOn().finally(() => {
      this.#following = undefined;
    });
    return this.#following;
  }

  async #lookOn(): Promise<void> {
    while (this.#id !== undefined && isRunning(this.state.get().addition)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      if (await this.#look(this.#id)) continue;
      if (this.state.get().problem?.retryable === false) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_IN_VAIN_MS));
    }
  }

  async #look(id: string): Promise<boolean> {
    const turn = this.#turn;
    try {
      const addition = await client.additions.get(id);
      if (turn !== this.#turn) return true;
      this.#show(addition);
      this.#change({ problem: undefined });
      return true;
    } catch (error) {
      this.#change({ problem: toProblem(error) });
      return false;
    }
  }

  #show(addition: Addition): void {
    const was = this.state.get().addition?.state;
    this.#change({ addition });
    if (was === "ingesting" && addition.state !== "ingesting") corpusChanged();
  }

  #change(change: Partial<WorkState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

const isRunning = (addition: Addition | undefined): boolean =>
  addition?.state === "reading" || addition?.state === "ingesting";
