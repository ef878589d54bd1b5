import type { ReactNode } from "react";

/** Items shown at once; the others on demand. */
const SHOWN = 5;

interface Props {
  readonly label: string;
  readonly items: readonly { readonly key: string; readonly content: ReactNode }[];
  /** How many there are, of which `items` are the first. */
  readonly total?: number;
}

/** The first items of a list, and the others folded up. */
export function FoldedList({ label, items, total = items.length }: Props) {
  if (items.length === 0) return null;
  const rows = (some: Props["items"]) => some.map(({ key, content }) => <li key={key}>{content}</li>);
  const more = items.slice(SHOWN);
  return (
    <section className="add-list" aria-label={label}>
      <p className="add-label">{label}</p>
      <ul>{rows(items.slice(0, SHOWN))}</ul>
      {more.length > 0 && (
        <details>
          <summary>{more.length.toLocaleString("en")} more</summary>
          <ul>{rows(more)}</ul>
        </details>
      )}
      {total > items.length && <p>And {(total - items.length).toLocaleString("en")} others.</p>}
    </section>
  );
}
