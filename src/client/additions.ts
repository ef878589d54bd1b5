import type { Addition, AdditionsResponse } from "../protocol.ts";
import type { CallOptions, HttpCalls } from "./http-calls.ts";

/** Adds papers to the corpus of a server, for admins: send files, look at the preview, start; see `/api/ingest`. */
export class AdditionCalls {
  readonly #http: HttpCalls;

  constructor(http: HttpCalls) {
    this.#http = http;
  }

  /** The newest first. */
  async list(options: CallOptions = {}): Promise<Addition[]> {
    return (await this.#http.get<AdditionsResponse>("/api/ingest", {}, options)).additions;
  }

  get(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#http.get(`/api/ingest/${encodeURIComponent(id)}`, {}, options);
  }

  /** @param text pasted references or ids, if any */
  open(text?: string, options: CallOptions = {}): Promise<Addition> {
    return this.#http.send("POST", "/api/ingest", text === undefined ? {} : { text }, options);
  }

  /** Takes as long as the file needs. @param name with its folders, if it was dropped with any */
  addFile(id: string, name: string, content: Blob, options: CallOptions = {}): Promise<Addition> {
    return this.#http.upload(`/api/ingest/${encodeURIComponent(id)}/files`, { name }, content, options);
  }

  preview(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "preview", options);
  }

  start(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "start", options);
  }

  cancel(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "cancel", options);
  }

  undo(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "undo", options);
  }

  #step(id: string, step: string, options: CallOptions): Promise<Addition> {
    return this.#http.send("POST", `/api/ingest/${encodeURIComponent(id)}/${step}`, undefined, options);
  }
}
