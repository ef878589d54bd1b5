/** `lexical.bin`: a line of JSON that tells the sizes, the terms one a line, then the arrays as little-endian numbers. */
import { endianness } from "node:os";

/** Raise with the rules for terms or the form below: an index of another version is rebuilt. */
const VERSION = 2;

export interface LexicalData {
  /** Term i has the postings from `offsets[i]` to `offsets[i + 1]`. */
  readonly terms: readonly string[];
  readonly offsets: Uint32Array;
  /** Document numbers, ascending within a term. */
  readonly documents: Uint32Array;
  /** Weighted term frequencies, alongside `documents`. */
  readonly frequencies: Uint16Array;
  /** Weighted terms of each document. */
  readonly lengths: Uint32Array;
}

interface Header {
  readonly version: number;
  /** The numbers are the machine's own: an index that was carried to another kind of machine is rebuilt. */
  readonly endianness: string;
  readonly terms: number;
  readonly postings: number;
  readonly documents: number;
}

export function packLexical({ terms, offsets, documents, frequencies, lengths }: LexicalData): Buffer {
  const header: Header = {
    version: VERSION,
    endianness: endianness(),
    terms: terms.length,
    postings: documents.length,
    documents: lengths.length,
  };
  const text = `${JSON.stringify(header)}\n${terms.map((term) => `${term}\n`).join("")}`;
  const numbers = [offsets, documents, lengths, frequencies].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([Buffer.from(text), ...numbers]);
}

/** Undefined for bytes of another version, another kind of machine, or of no such file. */
export function unpackLexical(bytes: Buffer): LexicalData | undefined {
  const end = bytes.indexOf("\n");
  const header = parseHeader(bytes.toString("utf8", 0, Math.max(0, end)));
  if (header === undefined) return undefined;
  const numberBytes =
    4 * (header.terms + 1) + 4 * header.postings + 4 * header.documents + 2 * header.postings;
  const numbersAt = bytes.length - numberBytes;
  const terms = bytes
    .toString("utf8", end + 1, numbersAt)
    .split("\n")
    .slice(0, -1);
  if (numbersAt <= end || terms.length !== header.terms) return undefined;
  // Copied, because views of 32-bit numbers must begin at a multiple of four bytes.
  const numbers = new Uint8Array(bytes.subarray(numbersAt)).buffer;
  let at = 0;
  const take = (count: number) => {
    at += 4 * count;
    return new Uint32Array(numbers, at - 4 * count, count);
  };
  const offsets = take(header.terms + 1);
  const documents = take(header.postings);
  const lengths = take(header.documents);
  return { terms, offsets, documents, lengths, frequencies: new Uint16Array(numbers, at, header.postings) };
}

function parseHeader(line: string): Header | undefined {
  try {
    const header = JSON.parse(line) as Header;
    return header.version === VERSION && header.endianness === endianness() ? header : undefined;
  } catch {
    return undefined;
  }
}
