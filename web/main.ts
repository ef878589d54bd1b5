import type { AnswerEvent } from "../src/protocol.ts";
import { AnswerView } from "./answer-view.ts";
import { Connection } from "./connection.ts";
import { byId, element } from "./dom.ts";
import { loadSuggestions, untilReady } from "./server-state.ts";
import { SignIn } from "./sign-in.ts";

const state = byId("state", HTMLParagraphElement);
const announcer = byId("announcer", HTMLParagraphElement);
const welcome = byId("welcome", HTMLElement);
const turns = byId("turns", HTMLDivElement);
const composer = byId("composer", HTMLFormElement);
const question = byId("question", HTMLTextAreaElement);
const send = byId("send", HTMLButtonElement);
const fresh = byId("new", HTMLButtonElement);
const suggestions = byId("suggestions", HTMLUListElement);

let conversationId: string | undefined;
let answering = false;
let serverState = "";

const connection = new Connection({
  onState: (connected) => {
    state.textContent = connected ? serverState : "Connecting again…";
  },
  onWelcome: (owner) => {
    if (signIn.welcome(owner)) question.focus();
    void offerQuestions();
  },
  onLocked: (problem) => {
    state.textContent = serverState;
    begin();
    signIn.ask(problem);
  },
});
const signIn = new SignIn({
  onKey: () => connection.connect(),
  onSignOut: () => {
    connection.disconnect();
    begin();
  },
});

function ask(text: string): void {
  if (answering || text.trim() === "") return;
  const view = new AnswerView(text.trim());
  welcome.hidden = true;
  fresh.hidden = false;
  turns.append(view.root);
  view.root.scrollIntoView({ block: "start" });
  setAnswering(true);
  connection.ask(text.trim(), conversationId, (event) => receive(event, view, text));
}

function receive(event: AnswerEvent, view: AnswerView, text: string): void {
  if (!view.root.isConnected) return;
  if (event.type === "start") conversationId = event.conversationId;
  if (event.type === "error") view.fail(event.message, event.retryable ? () => retry(view, text) : undefined);
  const announcement = view.show(event);
  if (announcement !== undefined) announcer.textContent = announcement;
  if (event.type === "done" || event.type === "aborted" || event.type === "error") setAnswering(false);
}

function retry(view: AnswerView, text: string): void {
  view.root.remove();
  ask(text);
}

function setAnswering(now: boolean): void {
  answering = now;
  send.textContent = now ? "Stop" : "Ask";
  send.classList.toggle("stop", now);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  if (answering) return connection.stop();
  const text = question.value;
  if (text.trim() === "") return;
  question.value = "";
  ask(text);
});

question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!answering) composer.requestSubmit();
});

/** An empty page, as it was when it was opened. */
function begin(): void {
  setAnswering(false);
  conversationId = undefined;
  turns.replaceChildren();
  welcome.hidden = false;
  fresh.hidden = true;
}

fresh.addEventListener("click", () => {
  if (answering) connection.stop();
  begin();
  question.focus();
});

async function offerQuestions(): Promise<void> {
  await ready;
  if (suggestions.childElementCount > 0) return;
  const buttons = (await loadSuggestions()).map((text) =>
    element("li", {}, element("button", { type: "button", onclick: () => ask(text) }, text)),
  );
  suggestions.replaceChildren(...buttons);
}

question.focus();
const ready = untilReady((text) => {
  serverState = text;
  state.textContent = text;
});
connection.connect();
