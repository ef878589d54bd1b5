/** Where in a paper's own text it stands; nothing is known of what an abstract or a title says. */
interface Place {
  readonly page?: number | undefined;
  readonly section?: string | undefined;
}

/** "p. 7 · 3.2 Training", as far as it is known. */
export function placeOf({ page, section }: Place): string {
  return [page === undefined ? "" : `p. ${page}`, section ?? ""].filter((part) => part !== "").join(" · ");
}
