/**
 * VectorStorage in Vectra's own format: `index.pb`, which opens with Vectra's tools. Vectra's insert path looks
 * through all ids at every insert and its query walks arrays of boxed numbers, so a store is written at once
 * through its codec, loaded through its LocalIndex, and scanned as one Float32Array.
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { IndexData, IndexItem } from "vectra";
import { AppError } from "../errors.ts";
import { Field } from "../protocol.ts";
import { PackedVectors } from "./packed-vectors.ts";
import type { VectorItem, VectorStorage } from "./vector-store.ts";

const FILE = "index.pb";
/** Vectra's own format version. */
const VECTRA_VERSION = 1;

/** Vectra pulls in tokenizers and HTTP clients that take half a second to load: only when an index is opened. */
const vectra = () => import("vectra");

export const vectraStorage: VectorStorage = {
  async write(folder, items, vectors) {
    const { ProtobufCodec } = await vectra();
    const data: IndexData = {
      version: VECTRA_VERSION,
      metadata_config: {},
      items: items.map((item, index) => ({
        id: itemId(item),
        metadata: { ...item },
        vector: Array.from(vectors[index] ?? []),
        norm: norm(vectors[index] ?? new Float32Array()),
      })),
    };
    await writeFile(path.join(folder, FILE), new ProtobufCodec().serializeIndex(data), { flush: true });
    return [FILE];
  },

  async load(folder, dimension) {
    const { LocalIndex, ProtobufCodec } = await vectra();
    const file = path.join(folder, FILE);
    let rows: IndexItem[];
    try {
      rows = await new LocalIndex(folder, FILE, undefined, new ProtobufCodec()).listItems();
    } catch (cause) {
      throw new AppError("internal", `${file} cannot be read: run footnote ingest --rebuild`, { cause });
    }
    const packed = new Float32Array(rows.length * dimension);
    const items = rows.map((row, index) => {
      if (row.vector.length !== dimension) {
        throw new AppError(
          "internal",
          `${file} has a vector of ${row.vector.length} dimensions, the manifest says ${dimension}: run footnote ingest --rebuild`,
        );
      }
      packed.set(row.vector, index * dimension);
      return toItem(row, file);
    });
    return new PackedVectors(items, packed, dimension);
  },
};

function itemId(item: VectorItem): string {
  return item.kind === "paper" ? item.paperId : `${item.paperId}:${item.field}:${item.start}-${item.end}`;
}

function toItem(row: IndexItem, file: string): VectorItem {
  const { paperId, kind, field, start, end } = row.metadata;
  const known = Field.safeParse(field);
  if (typeof paperId !== "string" || (kind !== "paper" && kind !== "passage") || !known.success) {
    throw new AppError(
      "internal",
      `${file} holds the item "${row.id}" of unknown shape: run footnote ingest --rebuild`,
    );
  }
  return { paperId, kind, field: known.data, start: Number(start ?? 0), end: Number(end ?? 0) };
}

function norm(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
