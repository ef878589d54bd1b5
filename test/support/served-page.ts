import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { createAssistant } from "../../src/assistant.ts";
import { loadConfig } from "../../src/config.ts";
import { startServer } from "../../src/server/server.ts";
import { PacedAssistant } from "./paced-assistant.ts";
import type { ReverseProxy } from "./reverse-proxy.ts";
import { copySeedsIndex } from "./seeds-index.ts";

export interface ServeOptions {
  /** The folder of papers. */
  readonly seeds?: string;
  readonly variables?: Record<string, string>;
  /** Stands in front of it. */
  readonly proxy?: ReverseProxy;
}

/** The page on the production server, with the real assistant on `seeds` and everything it writes in a folder of its own. */
export class ServedPage {
  readonly assistant: PacedAssistant;
  readonly url: string;
  readonly #close: () => Promise<void>;

  private constructor(assistant: PacedAssistant, url: string, close: () => Promise<void>) {
    this.assistant = assistant;
    this.url = url;
    this.#close = close;
  }

  /** Listens; the assistant is started by the test. */
  static async serve(
    webFolder: string,
    { seeds = "seeds", variables = {}, proxy }: ServeOptions = {},
  ): Promise<ServedPage> {
    const folder = mkdtempSync(path.join(tmpdir(), "footnote-page-"));
    if (seeds === "seeds") copySeedsIndex(path.join(folder, "vectorstore"));
    const config = loadConfig(
      {
        PORT: "0",
        SEEDS_DIR: seeds,
        MODELS_DIR: "vectorstore/models",
        VECTORSTORE_DIR: path.join(folder, "vectorstore"),
        DATA_DIR: path.join(folder, "data"),
        ...(proxy === undefined ? {} : { PUBLIC_URL: proxy.publicUrl }),
        ...variables,
      },
      folder,
    );
    const assistant = new PacedAssistant(createAssistant(config));
    const logger = pino({ level: "silent" });
    const server = await startServer({
      assistant,
      config: config.server,
      logger,
      webFolder,
      version: "0.0.0",
    });
    if (proxy !== undefined) proxy.target = server.url;
    return new ServedPage(assistant, proxy?.publicUrl ?? server.url, async () => {
      await server.close(0);
      await assistant.close();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  /** A new window on the page. `complaints` collects errors, policy violations and requests to other places. */
  async open(browser: Browser, complaints: string[], options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // A cut socket and a server that is not ready yet are told by the browser itself.
      const expected = /WebSocket connection|status of (?:503|401)/.test(message.text());
      if (message.type() === "error" && !expected) complaints.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(this.url) && !request.url().startsWith("blob:"))
        complaints.push(`request to ${request.url()}`);
    });
    return page;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
