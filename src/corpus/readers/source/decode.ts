/** Bytes of text in the encodings that papers come in → UTF-8. */

/** Bytes of the head by which UTF-16 is told. */
const HEAD_BYTES = 512;
/** Letters of Latin scripts have a zero byte each in UTF-16; other scripts' line ends and spaces do. */
const LEAST_ZEROS = 0.1;

type Wide = "utf-16le" | "utf-16be";

/** The encoding of two bytes a letter that bytes begin with, by their mark or their zeros. */
export function wideEncoding(head: Uint8Array): Wide | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const part = head.subarray(0, HEAD_BYTES);
  const zeros = [0, 0];
  for (let at = 0; at < part.length; at++) if (part[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (part.length < 8 || Math.max(even, odd) < (LEAST_ZEROS * part.length) / 2) return undefined;
  if (Math.min(even, odd) > Math.max(even, odd) / 4) return undefined;
  return odd > even ? "utf-16le" : "utf-16be";
}

/** UTF-16 as UTF-8, anything else as it is. @param onEncoding told the name of what was converted */
export async function* toUtf8(
  bytes: AsyncIterable<Buffer>,
  onEncoding: (name: string) => void,
): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst) {
      const wide = wideEncoding(chunk);
      if (wide !== undefined) {
        decoder = new TextDecoder(wide);
        onEncoding(wide.toUpperCase());
      }
      isFirst = false;
    }
    yield decoder === undefined ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  const rest = decoder?.decode() ?? "";
  if (rest !== "") yield Buffer.from(rest);
}

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");
const latin = new TextDecoder("windows-1252");

/**
 * A line of UTF-8, or of Latin-1 (Windows' own) where it is not valid and none of its letters beyond ASCII is UTF-8.
 * What is broken in a line of UTF-8 is U+FFFD.
 */
export function decodeLine(bytes: Uint8Array): { text: string; as: "utf-8" | "latin-1" | "damaged" } {
  try {
    return { text: strict.decode(bytes), as: "utf-8" };
  } catch {
    const text = lenient.decode(bytes);
    return /[^\0-\x7f\ufffd]/.test(text)
      ? { text, as: "damaged" }
      : { text: latin.decode(bytes), as: "latin-1" };
  }
}
