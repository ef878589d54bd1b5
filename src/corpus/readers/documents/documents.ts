import { stat } from "node:fs/promises";
import type { Reader, ReadItem, ReadOptions } from "../reader.ts";
import { toItem } from "../record/to-item.ts";
import { type DocumentRequest, readDocument } from "./document-process.ts";

const ZIP = Buffer.from("PK\u0003\u0004", "latin1");

/** Word and EPUB are both zip archives; an EPUB says so in its first file. */
const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(ZIP);
const isEpub = (bytes: Buffer): boolean =>
  isZip(bytes) && bytes.subarray(0, 200).includes("mimetypeapplication/epub+zip");

/** Documents that are read in a process of their own: what is in them may be made to cost. */
export const documentReaders: readonly Reader[] = [
  {
    name: "PDF",
    // Some programs write a few bytes before the mark.
    accepts: ({ bytes }) => bytes.subarray(0, 1024).includes("%PDF-"),
    read: (file, options) => readOne({ file, kind: "pdf" }, options),
  },
  {
    name: "EPUB",
    accepts: ({ name, bytes }) => isEpub(bytes) || (isZip(bytes) && /\.epub$/i.test(name)),
    read: (file, options) => readOne({ file, kind: "epub" }, options),
  },
  {
    name: "Word (.docx)",
    accepts: ({ name, bytes }) =>
      isZip(bytes) &&
      (/\.docx$/i.test(name) || bytes.includes("word/") || bytes.includes("[Content_Types].xml")),
    read: (file, options) => readOne({ file, kind: "docx" }, options),
  },
];

async function* readOne(
  request: DocumentRequest,
  { signal, onBytes }: ReadOptions = {},
): AsyncGenerator<ReadItem> {
  const { size } = await stat(request.file);
  const reply = await readDocument(request, signal);
  onBytes?.(size);
  if (reply.error !== undefined) {
    yield { problem: { reason: reply.error }, cutsOff: true };
    return;
  }
  for (const reason of reply.notes) yield { note: { reason } };
  const item = toItem(reply.draft, 1);
  if ("problem" in item)
    yield { problem: { reason: `holds no paper that can be told: ${item.problem.reason}` }, cutsOff: true };
  else if ("record" in item) {
    for (const reason of item.notes ?? []) yield { note: { reason } };
    yield { record: item.record, line: 1 };
  } else yield item;
}
