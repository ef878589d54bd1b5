/** Cuts an encoded message at its top level, so that a large one is decoded a slice at a time. */

const LENGTH_DELIMITED = 2;
/** Bytes a field by wire type; varints and length-delimited fields tell their own. */
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/**
 * Slices of a Protobuf message that each hold up to `count` top-level length-delimited fields and whatever stands
 * between them. Every slice is a valid encoding of the same message type: fields only merge when messages are
 * concatenated (Protocol Buffers, encoding, "Last One Wins" and merge rules), so decoding slice by slice gives all
 * elements of a repeated field, in order.
 * @throws RangeError where the bytes are no message: cut off, or of an unknown wire type
 */
export function* protobufSlices(message: Buffer, count: number): Generator<Buffer> {
  let begin = 0;
  let fields = 0;
  for (let at = 0; at < message.length; ) {
    const tag = readVarint(message, at);
    const wireType = tag.value & 7;
    if (wireType === LENGTH_DELIMITED) {
      const length = readVarint(message, tag.end);
      at = length.end + length.value;
      fields++;
    } else if (wireType === 0) {
      at = readVarint(message, tag.end).end;
    } else {
      const size = FIXED[wireType];
      if (size === undefined) throw new RangeError(`byte ${at} has the unknown wire type ${wireType}`);
      at = tag.end + size;
    }
    if (at > message.length)
      throw new RangeError(`the message is cut off: a field ends at byte ${at} of ${message.length}`);
    if (fields === count) {
      yield message.subarray(begin, at);
      begin = at;
      fields = 0;
    }
  }
  if (begin < message.length) yield message.subarray(begin);
}

function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, scale = 1; at < bytes.length && at < start + 5; at++, scale *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new RangeError(`byte ${start} begins no length`);
}
