/** Where a model's files are, what they hash to, and what to say when they are missing. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../errors.ts";

const WEIGHTS = ["onnx/model_quantized.onnx", "onnx/model.onnx"] as const;
const SETTINGS = ["config.json", "tokenizer.json", "tokenizer_config.json"] as const;

export interface ModelFiles {
  readonly folder: string;
  readonly quantized: boolean;
}

/**
 * The files of a model in transformers.js's layout, or undefined when they are to be downloaded.
 * @throws AppError (config) when the model is not on disk and may not be downloaded, or is there in part.
 */
export function findModel(
  modelsFolder: string,
  model: string,
  allowDownload: boolean,
): ModelFiles | undefined {
  const folder = path.join(modelsFolder, model);
  const weights = WEIGHTS.find((file) => existsSync(path.join(folder, file)));
  const missing = SETTINGS.filter((file) => !existsSync(path.join(folder, file)));
  if (weights !== undefined && missing.length === 0) {
    return { folder, quantized: weights === WEIGHTS[0] };
  }
  if (allowDownload) return undefined;
  const lacks = existsSync(folder)
    ? `lacks ${[...missing, ...(weights === undefined ? [WEIGHTS[0]] : [])].join(", ")}`
    : "does not exist";
  throw new AppError(
    "config",
    `EMBEDDING_MODEL "${model}" is not on disk: ${folder} ${lacks}. Either put the model's files there ` +
      "(config.json, tokenizer.json, tokenizer_config.json, onnx/model_quantized.onnx), or set " +
      "EMBEDDING_ALLOW_DOWNLOAD=true to fetch it from the hub once.",
  );
}

/** sha256 over the weights, the tokenizer and `settings`: equal exactly when the vectors are comparable. */
export async function fingerprintModel(files: ModelFiles, settings: string): Promise<string> {
  const hash = createHash("sha256").update(settings);
  for (const file of [files.quantized ? WEIGHTS[0] : WEIGHTS[1], ...SETTINGS]) {
    hash.update(`\n${file}\n`).update(await readFile(path.join(files.folder, file)));
  }
  return hash.digest("hex").slice(0, 32);
}
