/** A copy of the live index that is whole, whatever an ingest does meanwhile. */
import { constants } from "node:fs";
import { copyFile, mkdir, open, rm } from "node:fs/promises";
import path from "node:path";
import { checkFile, type Manifest, readManifest, writeManifest } from "./manifest.ts";

/** An ingest may swap the generation and remove the old one while it is copied: then the new one is. */
const ATTEMPTS = 3;

/**
 * Copies the generation that the manifest below `root` (VECTORSTORE_DIR) names into `target`, in the same layout, each
 * file checked before and after.
 * @returns its manifest, or undefined when nothing was indexed yet
 * @throws AppError (internal) that names the file that is damaged or missing; the signal's reason
 */
export async function copyGeneration(
  root: string,
  target: string,
  signal?: AbortSignal,
): Promise<Manifest | undefined> {
  for (let attempt = 1; ; attempt++) {
    const manifest = await readManifest(root);
    if (manifest === undefined) return undefined;
    try {
      await copyFiles(manifest, path.join(root, "index"), path.join(target, "index"), signal);
      await writeManifest(target, manifest);
      return manifest;
    } catch (error) {
      await rm(target, { recursive: true, force: true });
      const now = await readManifest(root);
      if (attempt === ATTEMPTS || signal?.aborted || now?.generation === manifest.generation) throw error;
    }
  }
}

async function copyFiles(
  { generation, files }: Manifest,
  from: string,
  to: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(path.join(to, generation), { recursive: true });
  for (const [name, digest] of Object.entries(files)) {
    signal?.throwIfAborted();
    const [original, copy] = [path.join(from, generation, name), path.join(to, generation, name)];
    await checkFile(original, digest);
    await copyFile(original, copy, constants.COPYFILE_EXCL);
    await flushFile(copy);
    await checkFile(copy, digest);
  }
}

async function flushFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
