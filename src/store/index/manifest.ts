/** `manifest.json`: which generation is live, and what it was made with. Written last, by rename: it is the switch. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { writeAtomically } from "../../util/files.ts";
import { DamagedIndexError, indexReadError, isMissing } from "../index-errors.ts";

const Manifest = z.object({
  formatVersion: z.literal(1),
  /** Name of the folder below `index/`. */
  generation: z.string().regex(/^[\w-]+$/),
  createdAt: z.iso.datetime(),
  embedding: z.object({ model: z.string(), fingerprint: z.string(), dimension: z.int().min(1) }),
  chunkerVersion: z.string(),
  corpusHash: z.string(),
  papers: z.int().min(0),
  passages: z.int().min(0),
  /** Every file of the generation with its size in bytes and sha256, so that damage is found before it answers. */
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;
/** sha256 of the rest, as JSON in the order of the schema. */
const Stored = Manifest.extend({ checksum: z.string().optional() });

const manifestFile = (root: string) => path.join(root, "manifest.json");

/**
 * The manifest below `root` (VECTORSTORE_DIR), or undefined when nothing was indexed yet.
 * @throws DamagedIndexError naming the file when it is there but broken; AppError (internal) when it may not be read.
 */
export async function readManifest(root: string): Promise<Manifest | undefined> {
  const file = manifestFile(root);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw indexReadError(file, cause);
  }
  try {
    const { checksum, ...content } = Stored.parse(JSON.parse(text));
    // One flipped bit may name another generation or model, and still be a manifest. Early ones have no checksum.
    if (checksum === undefined || checksum === checksumOf(content)) return content;
  } catch (cause) {
    throw new DamagedIndexError(`${file} is not a manifest of this version`, cause);
  }
  throw new DamagedIndexError(`${file} is damaged, it has changed`);
}

function checksumOf(manifest: Manifest): string {
  return createHash("sha256")
    .update(JSON.stringify(Manifest.parse(manifest)))
    .digest("hex");
}

export async function writeManifest(root: string, manifest: Manifest): Promise<void> {
  const content = { ...manifest, checksum: checksumOf(manifest) };
  await writeAtomically(manifestFile(root), `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Vectors of different models are never compared: an index of another model is refused.
 * @throws AppError (config) with the difference and the command that fixes it.
 */
export function checkManifest(
  manifest: Manifest,
  embedder: { model: string; fingerprint: string; dimension: number },
): void {
  const { model, fingerprint, dimension } = manifest.embedding;
  if (fingerprint === embedder.fingerprint) return;
  const difference =
    dimension !== embedder.dimension
      ? `has ${embedder.dimension} dimensions, the index has ${dimension}`
      : model !== embedder.model
        ? `is not the model of the index, "${model}"`
        : "has other files, pooling or prefixes than when the index was made (or put those back)";
  throw new AppError(
    "config",
    `EMBEDDING_MODEL "${embedder.model}" ${difference}: run footnote ingest --rebuild`,
  );
}

/** What a file held when it was written: its size in bytes and the hex sha256 of its content. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

export async function digestFile(file: string): Promise<FileDigest> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** @throws DamagedIndexError naming the file that is missing or damaged; AppError (internal) when it may not be read */
export async function checkFile(file: string, expected: FileDigest): Promise<void> {
  let found: FileDigest;
  try {
    found = await digestFile(file);
  } catch (cause) {
    throw indexReadError(file, cause);
  }
  if (found.sha256 === expected.sha256) return;
  const fact =
    found.bytes === expected.bytes ? "has changed" : `has ${found.bytes} bytes of ${expected.bytes}`;
  throw new DamagedIndexError(`${file} is damaged, it ${fact}`);
}
