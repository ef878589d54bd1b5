/** Draws scenes on a canvas: land, dots, what is lit, selected or pointed at, names, the lasso. */
import { DotLayer } from "./dot-layer.ts";
import type { Dots } from "./dots.ts";
import { groupTints } from "./group-tints.ts";
import { Land } from "./land.ts";
import { paintLabels } from "./paint-labels.ts";
import { type Colour, css, type Palette } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { wholeMap } from "./viewport.ts";

/** CSS pixels of a dot's radius on the whole map: for few papers, for very many. */
const LARGEST_RADIUS = 4.2;
const SMALLEST_RADIUS = 1.35;
/** Radii come in steps of this many device pixels: masks are made once for each. */
const RADIUS_STEP = 0.25;
const DOT_ALPHA = 0.82;
/** Of the others while some are selected. */
const FAINT_ALPHA = 0.35;

export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #layer = new DotLayer();
  readonly #land: Land;
  readonly #tints: readonly number[];

  constructor(context: CanvasRenderingContext2D, dots: Dots) {
    this.#context = context;
    this.#land = new Land(dots);
    this.#tints = groupTints(dots.groups);
  }

  /** @param ratio device pixels a CSS pixel */
  paint(scene: Scene, palette: Palette, ratio: number): void {
    const context = this.#context;
    const { width, height } = scene.size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = css(palette.page);
    context.fillRect(0, 0, width, height);
    this.#land.drawOn(context, scene.view, palette, zoomOf(scene));
    this.#paintDots(scene, palette, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#paintLit(scene, palette);
    paintLabels(context, scene, palette);
    this.#paintPointed(scene, palette);
    this.#paintLasso(scene, palette);
  }

  #paintDots(scene: Scene, palette: Palette, ratio: number): void {
    const { dots, view, size, selected } = scene;
    const layer = this.#layer;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    const radius = Math.round((dotRadius(scene) * ratio) / RADIUS_STEP) * RADIUS_STEP;
    const colours = this.#tints.map((tint): Colour => palette.groups[tint] ?? palette.ink);
    layer.begin(width, height);
    const faint = selected.size > 0 ? FAINT_ALPHA : DOT_ALPHA;
    const draw = (at: number, colour: Colour, more: number) => {
      const x = ((dots.xs[at] as number) * view.scale + view.left) * ratio;
      const y = ((dots.ys[at] as number) * view.scale + view.top) * ratio;
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) return;
      layer.dot(x, y, radius + more, colour, more === 0 ? faint : 1);
    };
    for (let at = 0; at < dots.count; at++) draw(at, colours[dots.groupOf[at] as number] ?? palette.ink, 0);
    for (const at of selected) draw(at, palette.selected, RADIUS_STEP * 2);
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    layer.drawOn(this.#context);
  }

  #paintLit(scene: Scene, palette: Palette): void {
    for (const at of scene.lit) {
      this.#ring(scene, at, 7, css(palette.lit, 0.22));
      this.#ring(scene, at, 2, css(palette.page));
      this.#ring(scene, at, 1, css(palette.lit));
    }
  }

  #paintPointed(scene: Scene, palette: Palette): void {
    if (scene.pointed === undefined) return;
    const context = this.#context;
    const { x, y } = placeOnScreen(scene, scene.pointed);
    context.beginPath();
    context.arc(x, y, dotRadius(scene) + 4, 0, 2 * Math.PI);
    context.lineWidth = 1.6;
    context.strokeStyle = css(palette.ink);
    context.stroke();
  }

  #ring(scene: Scene, at: number, more: number, fill: string): void {
    const { x, y } = placeOnScreen(scene, at);
    this.#context.beginPath();
    this.#context.arc(x, y, dotRadius(scene) + more, 0, 2 * Math.PI);
    this.#context.fillStyle = fill;
    this.#context.fill();
  }

  #paintLasso({ lasso, view }: Scene, palette: Palette): void {
    if (lasso.length < 2) return;
    const context = this.#context;
    context.beginPath();
    for (const [x, y] of lasso) context.lineTo(x * view.scale + view.left, y * view.scale + view.top);
    context.closePath();
    context.fillStyle = css(palette.selected, 0.08);
    context.fill();
    context.lineWidth = 1.4;
    context.setLineDash([5, 4]);
    context.strokeStyle = css(palette.selected);
    context.stroke();
    context.setLineDash([]);
  }
}

/** CSS pixels. */
export function placeOnScreen({ dots, view }: Scene, at: number): { x: number; y: number } {
  return {
    x: (dots.xs[at] ?? 0) * view.scale + view.left,
    y: (dots.ys[at] ?? 0) * view.scale + view.top,
  };
}

/** CSS pixels: less with many dots and in a small window, more when zoomed in, but slower than the distances grow. */
export function dotRadius(scene: Scene): number {
  const { dots, size } = scene;
  const crowding = Math.min(1, Math.min(size.width, size.height) / 700);
  const radius = Math.min(LARGEST_RADIUS, Math.max(SMALLEST_RADIUS, (62 / Math.sqrt(dots.count)) * crowding));
  return Math.min(7, radius * Math.max(1, zoomOf(scene)) ** 0.45);
}

/** How much larger than the whole map. */
function zoomOf({ dots, view, size }: Scene): number {
  return view.scale / wholeMap(size, dots.extent).scale;
}
