/** Embedder over transformers.js: any ONNX feature-extraction model in its folder layout. */
import type { PreTrainedModel, PreTrainedTokenizer, Tensor } from "@xenova/transformers";
import { AppError } from "../errors.ts";
import { streamSafe } from "../util/strings.ts";
import { nextTurn } from "../util/turns.ts";
import type { Embedder } from "./embedder.ts";
import { findModel, fingerprintModel } from "./model-files.ts";

/** Texts a model call. Larger batches pad more: 32 measured fastest for the bundled model (8, 16, 32, 64 tried). */
const BATCH_SIZE = 32;
/**
 * Letters of questions a model call, which holds the event loop: as many as one text of 256 tokens. Passages are long
 * and many, and go in whole batches.
 */
const QUERY_BATCH_LETTERS = 1500;

export interface TransformersOptions {
  readonly modelsFolder: string;
  readonly model: string;
  readonly allowDownload: boolean;
  readonly pooling: "mean" | "cls";
  readonly queryPrefix: string;
  readonly passagePrefix: string;
}

export class TransformersEmbedder implements Embedder {
  readonly model: string;
  readonly fingerprint: string;
  readonly dimension: number;
  readonly #options: TransformersOptions;
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #network: PreTrainedModel;

  private constructor(
    options: TransformersOptions,
    parts: {
      tokenizer: PreTrainedTokenizer;
      network: PreTrainedModel;
      fingerprint: string;
      dimension: number;
    },
  ) {
    this.model = options.model;
    this.fingerprint = parts.fingerprint;
    this.dimension = parts.dimension;
    this.#options = options;
    this.#tokenizer = parts.tokenizer;
    this.#network = parts.network;
  }

  /**
   * Loads the model from disk. Opens an outside connection only when it is not there and `allowDownload` is true.
   * @throws AppError (config) naming the folder and both ways to get the model, or the broken file.
   */
  static async load(options: TransformersOptions): Promise<TransformersEmbedder> {
    const found = findModel(options.modelsFolder, options.model, options.allowDownload);
    const { AutoModel, AutoTokenizer, env } = await import("@xenova/transformers");
    env.localModelPath = options.modelsFolder;
    env.cacheDir = options.modelsFolder;
    env.allowRemoteModels = found === undefined;
    try {
      const quantized = found?.quantized ?? true;
      const tokenizer = await AutoTokenizer.from_pretrained(options.model);
      const network = await AutoModel.from_pretrained(options.model, { quantized });
      const files = found ?? findModel(options.modelsFolder, options.model, false);
      if (files === undefined) throw new Error("the download left no files");
      const { pooling, queryPrefix, passagePrefix } = options;
      const settings = JSON.stringify({ pooling, queryPrefix, passagePrefix });
      const fingerprint = await fingerprintModel(files, settings);
      const dimension = await measureDimension(tokenizer, network);
      return new TransformersEmbedder(options, { tokenizer, network, fingerprint, dimension });
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      const where = `${options.modelsFolder}/${options.model}`;
      throw new AppError(
        "config",
        `EMBEDDING_MODEL "${options.model}" cannot be loaded from ${where}: reinstall the model`,
        { cause },
      );
    }
  }

  async embed(
    texts: readonly string[],
    kind: "query" | "passage",
    signal?: AbortSignal,
  ): Promise<Float32Array[]> {
    const prefix = kind === "query" ? this.#options.queryPrefix : this.#options.passagePrefix;
    const vectors: Float32Array[] = texts.map(() => new Float32Array(this.dimension));
    // Texts of like length share a batch, so that little is padded.
    const order = texts.map((_, index) => index).filter((index) => (texts[index] ?? "").trim() !== "");
    order.sort((a, b) => (texts[a]?.length ?? 0) - (texts[b]?.length ?? 0));
    const longest = texts[order.at(-1) ?? 0]?.length ?? 0;
    const size =
      kind === "query"
        ? Math.max(1, Math.min(BATCH_SIZE, Math.floor(QUERY_BATCH_LETTERS / longest)))
        : BATCH_SIZE;
    for (let at = 0; at < order.length; at += size) {
      // The model runs in this turn, whatever it is awaited with.
      if (at > 0) await nextTurn();
      signal?.throwIfAborted();
      const batch = order.slice(at, at + size);
      const pooled = await this.#run(batch.map((index) => prefix + streamSafe(texts[index] ?? "")));
      for (const [row, index] of batch.entries())
        vectors[index] = pooled[row] ?? new Float32Array(this.dimension);
    }
    return vectors;
  }

  async #run(texts: string[]): Promise<Float32Array[]> {
    const inputs = this.#tokenizer(texts, { padding: true, truncation: true }) as Record<string, Tensor>;
    const [rows = 0, tokens = 0] = inputs.input_ids?.dims ?? [];
    // A text of nothing but white space and control characters has no token, and ONNX refuses an empty tensor.
    if (tokens === 0) return texts.map(() => new Float32Array(this.dimension));
    const hidden = await hiddenState(this.#network, inputs);
    const shape = { texts: rows, tokens, dimension: this.dimension };
    const mask = inputs.attention_mask?.data as BigInt64Array;
    return pool(hidden.data as Float32Array, mask, shape, this.#options.pooling);
  }
}

async function hiddenState(network: PreTrainedModel, inputs: Record<string, Tensor>): Promise<Tensor> {
  const output = (await network(inputs)) as { last_hidden_state?: Tensor; token_embeddings?: Tensor };
  const hidden = output.last_hidden_state ?? output.token_embeddings;
  if (hidden === undefined)
    throw new Error("the model has no last_hidden_state: it is not for feature extraction");
  return hidden;
}

async function measureDimension(tokenizer: PreTrainedTokenizer, network: PreTrainedModel): Promise<number> {
  const inputs = tokenizer(["a"], { padding: true, truncation: true }) as Record<string, Tensor>;
  return (await hiddenState(network, inputs)).dims.at(-1) ?? 0;
}

/**
 * One vector a text out of a model's token vectors, L2-normalised. `mean` averages the vectors of real tokens
 * (Sentence-BERT, Reimers & Gurevych 2019); `cls` takes the first token's. Written as plain loops over numbers:
 * the library's own pooling walks BigInt masks and takes ten times as long for the same result.
 * @param hidden row-major, texts × tokens × dimension
 * @param mask row-major, texts × tokens; 1 for a real token, 0 for padding
 * @returns texts vectors; a text without a real token, or with only zero vectors, gives the zero vector
 */
function pool(
  hidden: Float32Array,
  mask: ArrayLike<bigint | number>,
  shape: { texts: number; tokens: number; dimension: number },
  mode: "mean" | "cls",
): Float32Array[] {
  const { texts, tokens, dimension } = shape;
  return Array.from({ length: texts }, (_, text) => {
    const sum = new Float64Array(dimension);
    const counted = mode === "cls" ? Math.min(1, tokens) : tokens;
    for (let token = 0; token < counted; token++) {
      if (Number(mask[text * tokens + token]) === 0) continue;
      const offset = (text * tokens + token) * dimension;
      for (let i = 0; i < dimension; i++) sum[i] = (sum[i] as number) + (hidden[offset + i] as number);
    }
    return normalize(sum);
  });
}

/** The vector at unit length; the zero vector stays zero. */
function normalize(vector: Float64Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  const unit = new Float32Array(vector.length);
  if (length > 0) for (let i = 0; i < unit.length; i++) unit[i] = (vector[i] as number) / length;
  return unit;
}
