import type { Answer, AnswerEvent, Citation, Source } from "../src/protocol.ts";
import { element, titleLink } from "./dom.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderNotes } from "./notes.ts";

const STAGES = {
  rewriting: "Reading the question…",
  retrieving: "Searching the papers…",
  answering: "Writing…",
  verifying: "Checking the quotes…",
};

/** One question with its answer, drawn anew at most once a frame while it streams. */
export class AnswerView {
  readonly root: HTMLElement;
  readonly #stage = element("p", { className: "stage" }, "Sending…");
  readonly #prose = element("div");
  readonly #notes = element("div");
  readonly #body = element("div", { className: "answer" }, this.#prose, this.#notes);
  #text = "";
  #sources: readonly Source[] = [];
  #citations: Citation[] = [];
  #drawing = false;

  constructor(question: string) {
    this.root = element("article", {}, element("h2", {}, question), this.#body, this.#stage);
  }

  /** @returns what a screen reader should be told, if anything */
  show(event: AnswerEvent): string | undefined {
    switch (event.type) {
      case "status":
        this.#stage.textContent = STAGES[event.stage];
        return this.#text === "" ? STAGES[event.stage] : undefined;
      case "sources":
        this.#sources = event.sources;
        return;
      case "delta":
        this.#text += event.text;
        this.#draw();
        return;
      case "citation":
        this.#citations.push(event.citation);
        this.#draw();
        return;
      case "done":
      case "aborted":
        this.#finish(event.answer, event.type === "aborted");
        return this.#prose.innerText.replace(/\s*\[\d+\]/g, "");
    }
    return undefined;
  }

  fail(message: string, retry: (() => void) | undefined): void {
    const again =
      retry === undefined ? [] : [element("button", { type: "button", onclick: retry }, "Try again")];
    this.#stage.replaceWith(element("p", { className: "problem", role: "alert" }, `${message} `, ...again));
  }

  #finish(answer: Answer, stopped: boolean): void {
    this.#text = answer.text;
    this.#sources = answer.sources;
    this.#citations = answer.citations;
    this.#body.classList.toggle("unknown", answer.abstained);
    this.#stage.remove();
    this.#drawNow();
    const remarks = [
      ...(stopped ? ["Stopped here."] : []),
      ...(answer.fallback
        ? [`${answer.fallback.from} failed; this answer is quoted from the papers instead.`]
        : []),
      ...answer.unsupported.map(
        ({ start, end }) => `No source supports “${answer.text.slice(start, end).trim()}”`,
      ),
    ];
    this.#body.append(...remarks.map((remark) => element("p", { className: "remark" }, remark)));
  }

  #draw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      if (this.#drawing) this.#drawNow();
    });
  }

  #drawNow(): void {
    this.#drawing = false;
    this.#prose.replaceChildren(...renderMarkdown(this.#text, (number) => this.#marker(number)));
    const back = (marker: number) => this.#goTo(`button[data-marker="${marker}"]`);
    this.#notes.replaceChildren(renderNotes(this.#citations, this.#sources, back));
    if (this.#body.classList.contains("unknown")) this.#tellNearest();
  }

  #marker(number: number): Node {
    const button = element("button", { type: "button", className: "marker" }, `[${number}]`);
    const paper = this.#sources.find(({ marker }) => marker === number)?.paper.title ?? "";
    button.title = paper;
    button.ariaLabel = `Note ${number}: ${paper}`;
    button.dataset.marker = `${number}`;
    button.onclick = () => this.#goTo(`[data-note="${number}"]`);
    return button;
  }

  #goTo(selector: string): void {
    const target = this.#body.querySelector<HTMLElement>(selector);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.focus({ preventScroll: true });
  }

  /** Where nothing answers, the text lists the nearest papers: say what they are about. */
  #tellNearest(): void {
    for (const item of this.#prose.querySelectorAll("li")) {
      const source = this.#sources.find(({ paper }) => paper.title.replace(/\s+/g, " ") === item.textContent);
      if (source === undefined) continue;
      item.replaceChildren(element("cite", {}, titleLink(source.paper.title, source.paper.url)));
      const [passage] = source.passages;
      if (passage !== undefined) item.append(element("blockquote", {}, passage.text));
    }
  }
}
