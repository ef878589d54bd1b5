/** PairReader over two ONNX graphs with shared weights: one reads a paper, the other a question against such papers. */
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { PreTrainedTokenizer } from "@xenova/transformers";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../errors.ts";
import { streamSafe } from "../util/strings.ts";
import { joined, padded, rowsOf } from "./padded-windows.ts";
import { type PairReader, type ReadablePaper, UNREAD } from "./pair-reader.ts";
import { type PaperWindow, paperWindows } from "./paper-windows.ts";
import { fingerprintFiles } from "./reader-files.ts";
import {
  PARTS,
  PIECE,
  PLACE,
  packReading,
  type ReadWindow,
  TOPIC,
  unpackReading,
  VECTOR,
} from "./reading-format.ts";

/**
 * Windows a run, and sentences in them: the runtime works in this thread, and other questions go on between two runs
 * (some 8 ms each). Ten windows of prose have a hundred.
 */
const RUN_WINDOWS = 10;
const RUN_SENTENCES = 160;
/** Pieces of a question that are read: as many as it was trained to compare. The cost of a run grows with them. */
const QUESTION_PIECES = 40;
/** Pieces past which a message is no question but something pasted: what is asked of that stands before it or behind. */
const LONGEST_QUESTION = 48;
/** Pieces of such a message that are read from its beginning, and as many from its end. */
const PASTE_PIECES = 8;

/**
 * Threads of a run. What a question takes is too small for two: they spin while they wait for each other, which takes
 * twice the processor, and three times as long where others work beside them.
 */
const THREADS = 1;

/** The segment of a question's pieces; a paper's are 1 and 2 (paper-windows.ts). */
const QUESTION_SEGMENT = 0;
/** What the vocabulary has no piece for. */
const UNKNOWN_PIECE = 1;

interface Runtime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
}

interface Parts {
  readonly runtime: Runtime;
  readonly tokenizer: PreTrainedTokenizer;
  readonly paper: InferenceSession;
  readonly read: InferenceSession;
  readonly fingerprint: string;
}

export interface ReaderOptions {
  readonly modelsFolder: string;
  /** Its folder below it. */
  readonly model: string;
}

export class OnnxPairReader implements PairReader {
  readonly fingerprint: string;
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.fingerprint = parts.fingerprint;
  }

  /** @throws AppError (config) naming the folder and what it lacks, or the broken file */
  static async load({ modelsFolder, model }: ReaderOptions): Promise<OnnxPairReader> {
    const folder = path.join(modelsFolder, model);
    const fingerprint = await fingerprintFiles(folder, model);
    try {
      // CommonJS: Node itself finds its names below `default` alone.
      const loaded = (await import("onnxruntime-node")) as unknown as Runtime & { default?: Runtime };
      const runtime = loaded.default ?? loaded;
      const { AutoTokenizer, env } = await import("@xenova/transformers");
      env.localModelPath = modelsFolder;
      const tokenizer = await AutoTokenizer.from_pretrained(model, { local_files_only: true });
      const open = (name: string) =>
        runtime.InferenceSession.create(path.join(folder, "onnx", name), { intraOpNumThreads: THREADS });
      const [paper, read] = [await open("paper.onnx"), await open("read.onnx")];
      return new OnnxPairReader({ runtime, tokenizer, paper, read, fingerprint });
    } catch (cause) {
      const fix = "reinstall the model, or set READER_MODEL=none";
      throw new AppError("config", `READER_MODEL "${model}" cannot be loaded from ${folder}: ${fix}`, {
        cause,
      });
    }
  }

  isWord(text: string): boolean {
    return this.#tokenize(text).length === 1;
  }

  reads(text: string): boolean {
    // Figures and marks have pieces too, and say nothing.
    if (2 * lengthOf(text, /\p{L}+/gu) < lengthOf(text, /\S+/gu)) return false;
    const ids = this.#tokenize(text);
    return ids.filter((id) => id !== UNKNOWN_PIECE).length > ids.length / 2;
  }

  async read(paper: ReadablePaper, signal?: AbortSignal): Promise<Uint8Array> {
    const { windows, sentences } = paperWindows(paper, (text) => this.#tokenize(text));
    const made: ReadWindow[] = [];
    for (const window of windows) {
      signal?.throwIfAborted();
      made.push(await this.#readWindow(window));
      // The runtime works in this thread: let others go on.
      await setImmediate();
    }
    return packReading({ sentences, windows: made });
  }

  async vector(question: string): Promise<Float32Array> {
    const ids = this.#questionIds(question);
    if (ids.length === 0) return new Float32Array(VECTOR);
    const output = await this.#parts.paper.run({
      ids: this.#longs(ids, [1, ids.length]),
      segments: this.#longs(new Array<number>(ids.length).fill(QUESTION_SEGMENT), [1, ids.length]),
      positions: this.#longs([0], [1, 1]),
    });
    return output.paper?.data as Float32Array;
  }

  async score(
    question: string,
    readings: readonly Uint8Array[],
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    const papers = readings.map(unpackReading);
    const scores = papers.map(({ sentences }) => new Float32Array(sentences).fill(UNREAD));
    const ids = this.#questionIds(question);
    if (ids.length === 0) return scores;
    const all = papers.flatMap(({ windows }, paper) => windows.map((window) => ({ window, paper })));
    for (let from = 0; from < all.length; ) {
      signal?.throwIfAborted();
      const batch = all.slice(from, from + windowsOfRun(all.slice(from).map(({ window }) => window)));
      from += batch.length;
      const logits = await this.#compare(
        ids,
        batch.map(({ window }) => window),
      );
      let next = 0;
      for (const { window, paper } of batch) {
        for (const { at } of window.rows) {
          const logit = logits[next++] as number;
          if (at >= 0) (scores[paper] as Float32Array)[at] = logit;
        }
      }
      await setImmediate();
    }
    return scores;
  }

  #questionIds(question: string): number[] {
    const ids = this.#tokenize(question);
    if (ids.length <= LONGEST_QUESTION) return ids.slice(0, QUESTION_PIECES);
    return [...ids.slice(0, PASTE_PIECES), ...ids.slice(-PASTE_PIECES)];
  }

  #tokenize(text: string): number[] {
    return this.#parts.tokenizer.encode(streamSafe(text), null, { add_special_tokens: false });
  }

  async #readWindow({ ids, segments, sentences }: PaperWindow): Promise<ReadWindow> {
    const { paper } = this.#parts;
    const most = Math.max(...sentences.map(({ positions }) => positions.length));
    const positions = new BigInt64Array(sentences.length * most).fill(-1n);
    for (const [row, sentence] of sentences.entries())
      for (const [at, position] of sentence.positions.entries())
        positions[row * most + at] = BigInt(position);
    const output = await paper.run({
      ids: this.#longs(ids, [1, ids.length]),
      segments: this.#longs(segments, [1, ids.length]),
      positions: new this.#parts.runtime.Tensor("int64", positions, [sentences.length, most]),
    });
    const floats = (name: string) => output[name]?.data as Float32Array;
    const kept = sentences.flatMap((sentence, row) =>
      sentence.positions.map((position, at) => ({ position, from: row * most + at })),
    );
    const { pieces, scales } = quantized(
      floats("tokens"),
      kept.map(({ from }) => from),
    );
    return {
      rows: sentences.map(({ at, positions, place }) => ({
        at,
        pieces: positions.length,
        place: Float32Array.from(place),
      })),
      paper: floats("paper"),
      vectors: floats("sentence"),
      topics: floats("topic"),
      scales,
      ids: Uint32Array.from(kept, ({ position }) => ids[position] ?? 0),
      pieces,
    };
  }

  /** One logit for each row of the windows, in order. */
  async #compare(question: readonly number[], windows: readonly ReadWindow[]): Promise<Float32Array> {
    const { Tensor } = this.#parts.runtime;
    const rows = windows.flatMap((window, paper) => window.rows.map((row) => ({ ...row, paper })));
    const { most, ids, pieces, scales } = padded(windows);
    const widest = Math.max(...windows.map(({ rows }) => rows.length));
    const floats = (parts: readonly Float32Array[], dims: number[]) =>
      new Tensor("float32", joined(parts), dims);
    const output = await this.#parts.read.run({
      question: this.#longs(question, [1, question.length]),
      ids: new Tensor("int64", ids, [rows.length, most]),
      tokens: new Tensor("int8", pieces, [rows.length, most, PIECE]),
      scales: new Tensor("float32", scales, [rows.length, most, PARTS.length]),
      sentence: floats(
        windows.map(({ vectors }) => vectors),
        [rows.length, VECTOR],
      ),
      topic: floats(
        windows.map(({ topics }) => topics),
        [rows.length, TOPIC],
      ),
      paper: floats(
        windows.map(({ paper }) => paper),
        [windows.length, VECTOR],
      ),
      own: this.#longs(
        rows.map(({ paper }) => paper),
        [rows.length],
      ),
      sentences: this.#longs(rowsOf(windows, widest), [windows.length, widest]),
      place: floats(
        rows.map(({ place }) => place),
        [rows.length, PLACE],
      ),
    });
    return output.score?.data as Float32Array;
  }

  #longs(values: readonly number[], dims: number[]): Tensor {
    return new this.#parts.runtime.Tensor("int64", BigInt64Array.from(values, BigInt), dims);
  }
}

/** UTF-16 code units of all that matches. */
function lengthOf(text: string, pattern: RegExp): number {
  return (text.match(pattern) ?? []).reduce((sum, { length }) => sum + length, 0);
}

/** How many of the first windows go into one run. */
function windowsOfRun(windows: readonly ReadWindow[]): number {
  const first = windows.slice(0, RUN_WINDOWS);
  let sentences = 0;
  for (const [at, { rows }] of first.entries()) {
    sentences += rows.length;
    if (at > 0 && sentences > RUN_SENTENCES) return at;
  }
  return first.length;
}

/** Rows of PIECE numbers as bytes; a part's scale times its bytes are its numbers again, to 1/254 of its largest. */
function quantized(rows: Float32Array, kept: readonly number[]): Pick<ReadWindow, "pieces" | "scales"> {
  const pieces = new Int8Array(kept.length * PIECE);
  const scales = new Float32Array(kept.length * PARTS.length);
  for (const [to, from] of kept.entries()) {
    let start = 0;
    for (const [part, length] of PARTS.entries()) {
      const values = rows.subarray(from * PIECE + start, from * PIECE + start + length);
      const scale = Math.max(1e-9, values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127);
      scales[to * PARTS.length + part] = scale;
      for (const [at, value] of values.entries()) pieces[to * PIECE + start + at] = Math.round(value / scale);
      start += length;
    }
  }
  return { pieces, scales };
}
