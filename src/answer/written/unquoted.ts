const WRAPPED = /^(?:"([^"]+)"|“([^“”]+)”|«\s?([^«»]+?)\s?»|„([^„“”]+)[“”]|'([^']+)'|‘([^‘’]+)’|`([^`]+)`)$/u;

/** Without the quotation marks around the whole, which models put there though they are asked not to. */
export function unquoted(text: string): string {
  return (
    WRAPPED.exec(text)
      ?.slice(1)
      .find((inner) => inner !== undefined) ?? text
  );
}
