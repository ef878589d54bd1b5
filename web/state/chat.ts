import { FootnoteError } from "../../src/client.ts";
import { ROOT } from "../../src/protocol/limits.ts";
import type { Answer, AnswerFrame, AskBody, Message } from "../../src/protocol.ts";
import { catchUp } from "./catch-up.ts";
import { type ChatState, EMPTY } from "./chat-state.ts";
import { client } from "./client.ts";
import { grow, type LiveAnswer, NOTHING_YET } from "./live-answer.ts";
import { isLocal, localMessage } from "./local-message.ts";
import { Paced } from "./paced.ts";
import { type Problem, toProblem } from "./problem.ts";
import { renameMessages } from "./rename-messages.ts";
import { type ScopedPapers, scopedPapersOf, scopeOf } from "./scoped-papers.ts";
import { Store } from "./store.ts";
import { choicesTo, type HeldMessage, parentKey, type Turn, threadOf } from "./thread.ts";
import { wholeConversation } from "./whole-conversation.ts";

/** Answers that are cut, the newest of a conversation, which may still be on their way when the page is opened. */
const TAKEN_UP = 3;

interface Question {
  readonly text: string;
  readonly parentId: string;
  readonly scoped: ScopedPapers | undefined;
}

interface Events {
  /** It has an id from now on. */
  readonly onNamed: (chat: Chat, id: string) => void;
  /** What a list of conversations shows of it may have changed. */
  readonly onChange: () => void;
}

type LastFrame = Extract<AnswerFrame, { type: "done" | "aborted" }>;

let counted = 0;

/** A conversation as the page holds it: its messages, and the answers on their way. */
export class Chat {
  /** Names this object, whose conversation may be without an id yet. */
  readonly key = `chat-${++counted}`;
  readonly state: Store<ChatState>;
  /** What the next questions are about; undefined: every paper. */
  readonly scope = new Store<ScopedPapers | undefined>(undefined);
  /** The next question as far as it is written. */
  readonly draft = new Store("");
  readonly #events: Events;
  readonly #stops = new Map<string, AbortController>();
  /** What was asked, by the id of its answer, to be asked again. */
  readonly #asked = new Map<string, Question>();
  #loaded = false;

  constructor(id: string | undefined, events: Events) {
    this.state = new Store({ ...EMPTY, id });
    this.#events = events;
    this.#loaded = id === undefined;
  }

  /** Reads the conversation from the server; later on, what has come to it elsewhere, in another tab of the browser. */
  async load(): Promise<void> {
    const { id, loading } = this.state.get();
    if (id === undefined || loading) return;
    if (this.#loaded) return this.#catchUp(id);
    this.#loaded = true;
    this.#change({ loading: true, problem: undefined });
    try {
      const { title, messages } = await wholeConversation(id);
      this.#change({ title, messages, loading: false });
      this.scope.set(this.scope.get() ?? this.#last()?.scoped);
      this.#takeUpCut();
    } catch (error) {
      this.#loaded = false;
      this.#change({ loading: false, problem: toProblem(error) });
    }
  }

  /** Asks at the end of the branch that is shown. */
  ask(text: string): void {
    this.#dropRefused();
    void this.#ask({ text, scoped: this.scope.get(), parentId: this.#last()?.id ?? ROOT });
  }

  /** Another version of a question, beside it. */
  edit(question: Message, text: string): void {
    void this.#ask({ text, scoped: this.scope.get(), parentId: parentKey(question) });
  }

  /** Another answer to a question, beside those there are, from the same papers. */
  regenerate({ question, answer }: Pick<Turn, "question" | "answer">): void {
    void this.#ask({ text: question.text, scoped: answer?.scoped, parentId: question.id });
  }

  /** Asks again what the server refused, or what failed on its way. */
  retry(answerId: string): void {
    const refused = this.#asked.get(answerId);
    const answer = this.state.get().messages.find(({ id }) => id === answerId);
    this.#dropRefused();
    const question = this.state.get().messages.find(({ id }) => id === answer?.parentId);
    if (question !== undefined) this.regenerate({ question, answer });
    else if (refused !== undefined) void this.#ask(refused);
  }

  stop(answerId: string): void {
    this.#stops.get(answerId)?.abort();
  }

  stopAll(): void {
    for (const stop of this.#stops.values()) stop.abort();
  }

  choose(parent: string, child: string): void {
    this.#change({ choices: { ...this.state.get().choices, [parent]: child } });
  }

  /** Brings a message into the branch that is shown. @returns whether it is there */
  show(messageId: string): boolean {
    const { messages, choices } = this.state.get();
    if (!messages.some(({ id }) => id === messageId)) return false;
    this.#change({ choices: { ...choices, ...choicesTo(messages, messageId) } });
    return true;
  }

  rename(title: string): void {
    this.#change({ title });
  }

  /** Replaces what is known of a message. */
  update(messageId: string, change: Partial<Message>): void {
    const { messages } = this.state.get();
    this.#change({ messages: messages.map((one) => (one.id === messageId ? { ...one, ...change } : one)) });
  }

  /** The last answer of the branch that is shown. */
  #last(): HeldMessage | undefined {
    return threadOf(this.state.get().messages, this.state.get().choices).at(-1)?.answer;
  }

  /** The server knows nothing of what it refused: no question can stand under it. */
  #dropRefused(): void {
    const { messages, failed } = this.state.get();
    this.#drop(messages.filter(({ id }) => isLocal(id) && failed.has(id)));
  }

  /** A question that was stopped before it had left: its text is there to be asked again. */
  #withdraw(answerId: string): void {
    const { messages } = this.state.get();
    const answer = messages.find(({ id }) => id === answerId);
    const question = messages.find(({ id }) => id === answer?.parentId && isLocal(id));
    if (question !== undefined && this.draft.get() === "") this.draft.set(question.text);
    if (answer !== undefined) this.#drop([answer]);
  }

  /** Answers, with their questions where these stand on this page only. */
  #drop(answers: readonly Message[]): void {
    const { id: named, title, messages } = this.state.get();
    const gone = new Set(
      answers.flatMap(({ id, parentId = id }) => (isLocal(parentId) ? [id, parentId] : [id])),
    );
    const kept = messages.filter(({ id }) => !gone.has(id));
    this.#change({ messages: kept, title: named === undefined ? (kept[0]?.text ?? "") : title });
  }

  async #ask(question: Question): Promise<void> {
    const { id: conversationId, messages, choices } = this.state.get();
    const { text, parentId, scoped } = question;
    const known = messages.find(({ id, role }) => id === parentId && role === "user");
    const asked = known ?? localMessage("user", text, parentId);
    const answer = { ...localMessage("assistant", "", asked.id), scoped };
    this.#asked.set(answer.id, question);
    this.#change({
      messages: [...messages, ...(known === undefined ? [asked] : []), answer],
      choices: { ...choices, [parentKey(asked)]: asked.id, [asked.id]: answer.id },
      title: this.state.get().title || text,
      asks: this.state.get().asks + 1,
    });
    const stop = new AbortController();
    const scope = scopeOf(scoped);
    const body: AskBody = {
      question: text,
      ...(conversationId === undefined ? {} : { conversationId, parentId }),
      ...(scope === undefined ? {} : { scope }),
    };
    await this.#follow(answer.id, client.ask(body, { signal: stop.signal }), stop);
  }

  async #catchUp(id: string): Promise<void> {
    const isKnown = (total: number) =>
      total === this.state.get().messages.filter((message) => !isLocal(message.id)).length;
    try {
      const { total } = await client.conversation(id, { limit: 1 });
      if (isKnown(total)) return;
      const theirs = (await wholeConversation(id)).messages;
      const { messages, live } = this.state.get();
      // What has no name yet may be among theirs.
      if (isKnown(theirs.length) || [...live.keys()].some(isLocal)) return;
      this.#change({ messages: catchUp(messages, theirs, (one) => live.has(one)) });
      this.#takeUpCut();
    } catch {
      // What is there can be read; it is looked again with the next occasion.
    }
  }

  /** What is still on its way is followed from where it began. */
  #takeUpCut(): void {
    const cut = this.state.get().messages.filter((message) => message.cut && !this.#stops.has(message.id));
    for (const message of cut.slice(-TAKEN_UP)) void this.#takeUp(message);
  }

  async #takeUp({ id, answer }: Message): Promise<void> {
    const stop = new AbortController();
    await this.#follow(id, client.resume(id, { signal: stop.signal }), stop, answer);
  }

  /** @param stored what is shown of the answer until its frames have brought as much */
  async #follow(
    localId: string,
    frames: AsyncIterable<AnswerFrame>,
    stop: AbortController,
    stored?: Answer,
  ): Promise<void> {
    let id = localId;
    // One that was cut long ago, or whose conversation was deleted meanwhile, has nothing more to say: it is shown as cut.
    const wasTakenUp = !isLocal(localId);
    let grown = NOTHING_YET;
    const live = new Store(stored === undefined ? grown : { ...NOTHING_YET, ...stored });
    const growing = new Paced<AnswerFrame>((some) => {
      grown = grow(grown, some);
      if (grown.text.length >= live.get().text.length) live.set(grown);
    });
    this.#stops.set(id, stop);
    if (!wasTakenUp) this.#setLive(id, live);
    try {
      for await (const frame of frames) {
        if (frame.type === "start" && id !== frame.messageId) {
          this.#name(id, frame);
          id = frame.messageId;
        }
        const isLast = frame.type === "done" || frame.type === "aborted" || frame.type === "error";
        // Of one taken up only now it is known that it is still being written.
        if (!isLast && !this.state.get().live.has(id)) this.#setLive(id, live);
        growing.push(frame);
        if (frame.type === "done" || frame.type === "aborted") {
          this.#finish(id, frame, stop.signal.aborted);
        } else if (frame.type === "error" && !(wasTakenUp && frame.code === "not_found")) {
          this.#fail(id, toProblem(new FootnoteError(frame.code, frame.message, frame)));
        }
      }
    } catch (error) {
      if (isLocal(id) && stop.signal.aborted) this.#withdraw(id);
      else if (!wasTakenUp) this.#fail(id, toProblem(error));
    }
    growing.flush();
    this.#stops.delete(id);
    this.#setLive(id, undefined);
    this.#events.onChange();
  }

  /** The server's names in place of ours. */
  #name(localId: string, frame: Extract<AnswerFrame, { type: "start" }>): void {
    const { messages, id } = this.state.get();
    const question = messages.find((one) => one.id === localId)?.parentId;
    const rename = (old: string) =>
      old === localId ? frame.messageId : old === question ? (frame.questionId ?? old) : old;
    for (const map of [this.#stops, this.#asked] as Map<string, never>[]) {
      const value = map.get(localId);
      map.delete(localId);
      if (value !== undefined) map.set(frame.messageId, value);
    }
    this.#change({ id: frame.conversationId, ...renameMessages(this.state.get(), rename) });
    if (id === undefined) this.#events.onNamed(this, frame.conversationId);
    this.#events.onChange();
  }

  /** @param isOurs whether it was this page that stopped it, if it was stopped */
  #finish(messageId: string, { type, answer }: LastFrame, isOurs: boolean): void {
    const finished = ({ cut: _, ...message }: HeldMessage): HeldMessage => ({
      ...message,
      text: answer.text,
      answer,
      scoped: message.scoped ?? scopedPapersOf(answer),
      ...(type === "aborted" ? { cut: true, ...(isOurs ? { isStopped: true } : {}) } : {}),
    });
    const { messages } = this.state.get();
    this.#change({ messages: messages.map((one) => (one.id === messageId ? finished(one) : one)) });
  }

  #fail(answerId: string, { message, retryable }: Problem): void {
    this.#change({ failed: new Map(this.state.get().failed).set(answerId, { message, retryable }) });
  }

  #setLive(answerId: string, live: Store<LiveAnswer> | undefined): void {
    const all = new Map(this.state.get().live);
    if (live === undefined) all.delete(answerId);
    else all.set(answerId, live);
    this.#change({ live: all });
  }

  #change(change: Partial<ChatState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
