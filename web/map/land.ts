/** The ground of the map: where papers lie thick the land is tinted and rises, in lines of equal density. */
import { contour } from "./contour.ts";
import { type Density, densityOf } from "./density.ts";
import type { Dots } from "./dots.ts";
import { type Colour, css, type Palette } from "./palette.ts";
import type { Viewport } from "./viewport.ts";

/** Heights of the lines, the coast first. */
const LEVELS = [0.08, 0.25, 0.48, 0.75];
/** How strong the tint is at most. */
const TINT = 0.9;
/** The height from which it is that. */
const FULL_AT = 0.8;
/** Times the whole map from which the lines fade: nearer by, their corners would show. */
const FADES_FROM = 5;

export class Land {
  readonly #density: Density;
  readonly #lines: readonly Path2D[];
  #tint: { colour: Colour; canvas: OffscreenCanvas } | undefined;

  constructor(dots: Dots) {
    this.#density = densityOf(dots);
    this.#lines = LEVELS.map((level) => pathOf(contour(this.#density, level)));
  }

  /** @param context in CSS pixels */
  drawOn(context: CanvasRenderingContext2D, view: Viewport, palette: Palette, zoom: number): void {
    const { size, origin, step } = this.#density;
    context.save();
    context.translate(view.left, view.top);
    context.scale(view.scale, view.scale);
    // The image's pixels lie about the grid's points.
    const corner = origin - step / 2;
    context.drawImage(this.#tinted(palette.land), corner, corner, size * step, size * step);
    context.lineJoin = "round";
    const shown = Math.min(1, FADES_FROM / zoom);
    for (const [at, line] of this.#lines.entries()) {
      context.lineWidth = (at === 0 ? 1.1 : 0.8) / view.scale;
      context.strokeStyle = css(palette.line, (at === 0 ? 0.9 : 0.55) * shown);
      context.stroke(line);
    }
    context.restore();
  }

  #tinted(colour: Colour): OffscreenCanvas {
    if (this.#tint?.colour.join() === colour.join()) return this.#tint.canvas;
    const { size, heights } = this.#density;
    const canvas = new OffscreenCanvas(size, size);
    const image = new ImageData(size, size);
    for (const [at, height] of heights.entries()) {
      const share = Math.min(1, Math.max(0, (height - (LEVELS[0] ?? 0) / 2) / FULL_AT));
      image.data.set([...colour, Math.sqrt(share) * TINT * 255], at * 4);
    }
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    this.#tint = { colour, canvas };
    return canvas;
  }
}

function pathOf(pieces: Float32Array): Path2D {
  const path = new Path2D();
  for (let at = 0; at + 3 < pieces.length; at += 4) {
    path.moveTo(pieces[at] as number, pieces[at + 1] as number);
    path.lineTo(pieces[at + 2] as number, pieces[at + 3] as number);
  }
  return path;
}
