/** Which part of the map is seen: a place (x, y) of the unit square is at (x · scale + left, y · scale + top), in CSS pixels. */
export interface Viewport {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of the unit square that nearly all dots lie in. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Share of the window's sides around the whole map: room for the coast, and for the names at the edge. */
const MARGIN = 0.1;
/** How far in and out, against the whole map: at 60 two of 20,000 dots are well apart. */
const SMALLEST = 0.5;
const LARGEST = 60;
/** Share of the window's side in which some of the map always stays. */
const KEPT = 0.25;

/** The whole map in the middle. */
export function wholeMap({ width, height }: Size, { left, top, right, bottom }: Extent): Viewport {
  const free = 1 - 2 * MARGIN;
  // Of few papers on a line or a spot, no more than the unit square is made to fit.
  const scale = Math.max(
    1,
    Math.min((width * free) / Math.max(right - left, 0.5), (height * free) / Math.max(bottom - top, 0.5)),
  );
  return {
    scale,
    left: width / 2 - ((left + right) / 2) * scale,
    top: height / 2 - ((top + bottom) / 2) * scale,
  };
}

/** Moved by so many pixels, but not out of sight. */
export function panned(view: Viewport, dx: number, dy: number, size: Size): Viewport {
  const held = (offset: number, side: number) =>
    Math.min(side * (1 - KEPT), Math.max(side * KEPT - view.scale, offset));
  return {
    scale: view.scale,
    left: held(view.left + dx, size.width),
    top: held(view.top + dy, size.height),
  };
}

/** Larger by `factor` about the pixel (x, y), which stays where it is. @param whole the whole map in this window */
export function zoomed(
  view: Viewport,
  factor: number,
  [x, y]: readonly [number, number],
  size: Size,
  whole: Viewport,
): Viewport {
  const scale = Math.min(whole.scale * LARGEST, Math.max(whole.scale * SMALLEST, view.scale * factor));
  const grown = scale / view.scale;
  return panned({ scale, left: x - (x - view.left) * grown, top: y - (y - view.top) * grown }, 0, 0, size);
}
