import { bibtexReader } from "./bibtex/bibtex.ts";
import { csvReader } from "./csv.ts";
import { documentReaders } from "./documents/documents.ts";
import { jsonReader } from "./json/json.ts";
import { jsonLinesReader } from "./json/json-lines.ts";
import { plainDocumentReader } from "./plain-document.ts";
import type { Reader } from "./reader.ts";
import { seedDumpReader } from "./seed-dump.ts";
import { taggedReaders } from "./tagged/tagged.ts";
import { xmlReaders } from "./xml/xml.ts";

/** Every format, in the order in which they are asked: what is told by less comes last. */
export const ALL_READERS: readonly Reader[] = [
  ...documentReaders,
  seedDumpReader,
  jsonLinesReader,
  jsonReader,
  ...xmlReaders,
  ...taggedReaders,
  bibtexReader,
  csvReader,
  plainDocumentReader,
];
