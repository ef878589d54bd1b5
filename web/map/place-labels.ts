/** The box of a text, in pixels. */
export interface Label {
  /** The middle of the box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels between two labels at least. */
const GAP = 6;

/** Those of the labels that can stand together, the earlier before the later: none overlaps another. */
export function placeLabels<Kind extends Label>(
  wanted: readonly Kind[],
  taken: readonly Label[] = [],
): Kind[] {
  const placed: Kind[] = [];
  for (const label of wanted) {
    const isFree = (other: Label) => !overlap(label, other);
    if (taken.every(isFree) && placed.every(isFree)) placed.push(label);
  }
  return placed;
}

function overlap(a: Label, b: Label): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP
  );
}
