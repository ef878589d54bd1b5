import { jsonReader } from "./json/json.ts";
import { jsonLinesReader } from "./json/json-lines.ts";
import type { Reader } from "./reader.ts";
import { seedDumpReader } from "./seed-dump.ts";

/** Every format, in the order in which they are asked. */
export const ALL_READERS: readonly Reader[] = [seedDumpReader, jsonLinesReader, jsonReader];
