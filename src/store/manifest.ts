/** `manifest.json`: which generation is live, and what it was made with. Written last, by rename: it is the switch. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { writeAtomically } from "../util/write-atomically.ts";

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

const manifestFile = (root: string) => path.join(root, "manifest.json");

/**
 * The manifest below `root` (VECTORSTORE_DIR), or undefined when nothing was indexed yet.
 * @throws AppError (internal) naming the file when it is there but broken.
 */
export async function readManifest(root: string): Promise<Manifest | undefined> {
  const file = manifestFile(root);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new AppError("internal", `${file} cannot be read`, { cause });
  }
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError(
      "internal",
      `${file} is not a manifest of this version: run footnote ingest --rebuild`,
      { cause },
    );
  }
}

export async function writeManifest(root: string, manifest: Manifest): Promise<void> {
  await writeAtomically(manifestFile(root), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Vectors of different models are never compared: an index of another model is refused.
 * @throws AppError (internal) with the difference and the command that mends it.
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
        : "has other files, pooling or prefixes than when the index was made";
  throw new AppError(
    "internal",
    `EMBEDDING_MODEL "${embedder.model}" ${difference}: run footnote ingest --rebuild`,
  );
}
