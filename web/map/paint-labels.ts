import type { Dots } from "./dots.ts";
import { dotsAbout } from "./dots.ts";
import { css, type Palette } from "./palette.ts";
import { type Label, placeLabels } from "./place-labels.ts";
import type { Scene } from "./scene.ts";

/** Pixels of a group's name: of the smallest group and of the largest. */
const NAME_SIZES = [12.5, 16.5];
/** Terms of a name on the map, each on a line of its own; the list beside it has all. */
const NAME_TERMS = 2;
/** Height of a line, in its font's. */
const LEADING = 1.2;
/** Titles are written when no more dots than this are in sight. */
const MOST_TITLED = 60;
const TITLE_SIZE = 12;
/** Characters of a title on the map. */
const LONGEST_TITLE = 42;
const HALO = 3;
/** Pixels of a window's width below which names are smaller, down to three quarters. */
const ROOMY = 640;

interface Written extends Label {
  readonly font: string;
  readonly fill: string;
  readonly lines: readonly string[];
  readonly isName: boolean;
}

/** Names of groups, and of papers once there is room for them; larger groups first, none over another. */
export function paintLabels(context: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const names = placeLabels(groupNames(context, scene, palette));
  const titles = placeLabels(paperTitles(context, scene, palette), names);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = HALO;
  context.strokeStyle = css(palette.page, 0.75);
  for (const { lines, x, y, height, font, fill, isName } of [...titles, ...names]) {
    styleText(context, font, isName);
    context.fillStyle = fill;
    const lineHeight = height / lines.length;
    const top = y - height / 2 + lineHeight / 2;
    for (const [at, line] of lines.entries()) context.strokeText(line, x, top + at * lineHeight);
    for (const [at, line] of lines.entries()) context.fillText(line, x, top + at * lineHeight);
  }
}

function groupNames(
  context: CanvasRenderingContext2D,
  { dots, view, size }: Scene,
  palette: Palette,
): Written[] {
  const largest = dots.groups[0]?.papers ?? 1;
  const [smallestSize = 0, largestSize = 0] = NAME_SIZES;
  const room = Math.min(1, Math.max(0.75, size.width / ROOMY));
  return dots.groups.flatMap(({ terms, x, y, papers }) => {
    const lines = terms.slice(0, NAME_TERMS);
    const pixels = room * (smallestSize + (largestSize - smallestSize) * Math.sqrt(papers / largest));
    const font = `italic ${pixels.toFixed(1)}px ${palette.serif}`;
    const place = { x: x * view.scale + view.left, y: y * view.scale + view.top };
    if (lines.length === 0 || !isInside(place, size)) return [];
    const width = Math.max(...lines.map((line) => widthOf(context, line, font, true)));
    const held = Math.min(size.width - width / 2 - HALO, Math.max(width / 2 + HALO, place.x));
    const height = lines.length * pixels * LEADING;
    return [{ lines, x: held, y: place.y, width, height, font, fill: css(palette.ink), isName: true }];
  });
}

function paperTitles(context: CanvasRenderingContext2D, scene: Scene, palette: Palette): Written[] {
  const { dots, view, size } = scene;
  const seen = dotsAbout(
    dots,
    -view.left / view.scale,
    -view.top / view.scale,
    (size.width - view.left) / view.scale,
    (size.height - view.top) / view.scale,
  ).filter((at) => isInside(pixelOf(scene, at), size));
  if (seen.length > MOST_TITLED) return [];
  const font = `${TITLE_SIZE}px ${palette.sans}`;
  return seen.map((at) => {
    const text = shortened(dots, at);
    const { x, y } = pixelOf(scene, at);
    const width = widthOf(context, text, font, false);
    const height = TITLE_SIZE * LEADING;
    const style = { font, fill: css(palette.quiet), isName: false };
    return { lines: [text], width, height, x, y: y + TITLE_SIZE + 4, ...style };
  });
}

function shortened({ titles }: Dots, at: number): string {
  const title = titles[at] ?? "";
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE).trimEnd()}…`;
}

function pixelOf({ dots, view }: Scene, at: number): { x: number; y: number } {
  return {
    x: (dots.xs[at] ?? 0) * view.scale + view.left,
    y: (dots.ys[at] ?? 0) * view.scale + view.top,
  };
}

function isInside({ x, y }: { x: number; y: number }, { width, height }: Scene["size"]): boolean {
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

/** Measuring takes longer than writing; names do not change. */
const widths = new Map<string, number>();
/** Entries; past it the memory starts again. */
const WIDTHS_LIMIT = 5000;

function widthOf(context: CanvasRenderingContext2D, text: string, font: string, isName: boolean): number {
  const key = `${font}\n${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size >= WIDTHS_LIMIT) widths.clear();
  styleText(context, font, isName);
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
}

function styleText(context: CanvasRenderingContext2D, font: string, isName: boolean): void {
  context.font = font;
  context.letterSpacing = isName ? "0.4px" : "0px";
}
