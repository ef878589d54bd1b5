import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../errors.ts";

const FILES = ["onnx/weights.bin", "onnx/paper.onnx", "onnx/read.onnx", "tokenizer.json"] as const;

/**
 * sha256 over the files of a reader: equal exactly when its readings are comparable.
 * @throws AppError (config) naming the file that cannot be read, and the fix
 */
export async function fingerprintFiles(folder: string, model: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of FILES) {
    try {
      hash.update(`\n${file}\n`).update(await readFile(path.join(folder, file)));
    } catch (cause) {
      const fix = "put the model's files there, or set READER_MODEL=none to answer without a reader";
      throw new AppError(
        "config",
        `READER_MODEL "${model}": ${path.join(folder, file)} cannot be read: ${fix}`,
        { cause },
      );
    }
  }
  return hash.digest("hex").slice(0, 32);
}
