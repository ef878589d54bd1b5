/** Letters of a message that are read: three times the longest question of test/eval, 100 words of prose. */
const MOST_LETTERS = 600;
/** Of a message that is longer, what is asked stands at its beginning or at its end; what stands between is pasted. */
const HALF = MOST_LETTERS / 2;

/**
 * What of a message is read to rank papers and to choose sentences, whatever is sent: the whole, or of a long one its
 * beginning and its end. All that is done with a question costs by its length; this bounds it once.
 */
export function partRead(message: string): string {
  const text = message.trim();
  if (text.length <= MOST_LETTERS) return message;
  const head = text.slice(0, HALF).replace(/(?:\s\S{0,40}|[\ud800-\udbff])$/, "");
  const tail = text.slice(-HALF).replace(/^(?:\S{0,40}\s|[\udc00-\udfff])/, "");
  return `${head} … ${tail}`;
}
