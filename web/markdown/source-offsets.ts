/**
 * Where each character of a text node's value stands in the Markdown that it was parsed from, which has escapes,
 * character references and indentation besides. One entry more than the value has: where it ends.
 */
export function sourceOffsets(value: string, source: string, start: number): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (let index = 0; index < value.length; index++) {
    while (at < source.length && source[at] !== value[index] && isSkipped(source, at)) at += 1;
    const reference = /^&(?:#\w+|\w+);/.exec(source.slice(at, at + 40));
    if (reference !== null && !value.startsWith(reference[0], index)) {
      offsets.push(start + at);
      // A character beyond the basic plane is two code units of the value.
      if (/[\uD800-\uDBFF]/.test(value[index] ?? "")) {
        offsets.push(start + at);
        index += 1;
      }
      at += reference[0].length;
      continue;
    }
    if (source[at] === "\\" && source[at + 1] === value[index]) at += 1;
    offsets.push(start + at);
    at += 1;
  }
  offsets.push(start + at);
  return offsets;
}

/** White space, and the marks of a quotation, at the beginning of a line. */
function isSkipped(source: string, at: number): boolean {
  return /[\s>]/.test(source[at] ?? "");
}
