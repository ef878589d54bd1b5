/** A process that reads documents for its parent, one after the other: what is wrong with one ends no more than it. */
import { readFile, stat } from "node:fs/promises";
import { endWithParent } from "../../../util/child-process.ts";
import type { Draft } from "../record/draft.ts";
import type { DocumentReply, DocumentRequest } from "./document-process.ts";
import { readDocx } from "./docx.ts";
import { readEpub } from "./epub.ts";
import { readPdf } from "./pdf/read-pdf.ts";
import { Zip } from "./zip.ts";

/** Bytes of one document. */
const MOST_BYTES = 256 * 1024 * 1024;

async function read({ file, kind }: DocumentRequest): Promise<{ draft: Draft; notes: string[] }> {
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`has ${size} bytes, at most ${MOST_BYTES} are read`);
  const bytes = await readFile(file);
  if (kind === "pdf") return readPdf(new Uint8Array(bytes));
  const zip = new Zip(bytes);
  return { draft: kind === "docx" ? readDocx(zip) : readEpub(zip), notes: [] };
}

endWithParent();
// Ctrl-C reaches the whole group of a terminal: the parent decides, and ends this process by itself.
process.on("SIGINT", () => undefined);
// A damaged document's promise that nobody waits for is no reason to end.
process.on("unhandledRejection", () => undefined);
process.on("message", async (request: DocumentRequest) => {
  const reply = await read(request).then(
    (done): DocumentReply => done,
    (error: unknown): DocumentReply => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  process.send?.(reply);
});
