/** The canvas of the map: what is seen of it, and what a hand does with it. Knows nothing of React. */
import { type Dots, nearestDot } from "./dots.ts";
import { follow } from "./gestures.ts";
import { dotsWithin, type Place } from "./lasso.ts";
import { Painter, placeOnScreen } from "./painter.ts";
import { type Palette, readPalette } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { panned, type Size, type Viewport, wholeMap, zoomed } from "./viewport.ts";
import { watchTheme } from "./watch-theme.ts";

/** CSS pixels about a dot in which it is pointed at. */
const REACH = 14;

export interface Pointed {
  readonly at: number;
  /** Of the dot, in CSS pixels of the canvas. */
  readonly x: number;
  readonly y: number;
}

interface Listeners {
  /** Where the dot is that the hand is over, and again whenever that changes. */
  readonly onPoint: (pointed: Pointed | undefined) => void;
  /** `add`: to what is selected already. */
  readonly onPick: (at: number | undefined, add: boolean) => void;
  readonly onLasso: (dots: readonly number[], add: boolean) => void;
}

export type Tool = "move" | "lasso";

/** Before the canvas is measured. */
const NO_SIZE: Size = { width: 1, height: 1 };

/** What of a map was seen when it was left: who opens a paper and comes back finds it so. */
const leftAt = new WeakMap<Dots, { readonly view: Viewport; readonly size: Size }>();

export class MapCanvas {
  tool: Tool = "move";
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: Painter | undefined;
  readonly #listeners: Listeners;
  readonly #leaving = new AbortController();
  #scene: Scene;
  #palette: Palette;
  #frame = 0;
  /** Until it is moved by hand the whole map is shown, however the window changes. */
  #isWhole = true;

  constructor(canvas: HTMLCanvasElement, dots: Dots, listeners: Listeners) {
    const context = canvas.getContext("2d", { alpha: false });
    this.#canvas = canvas;
    this.#painter = context === null ? undefined : new Painter(context, dots);
    this.#listeners = listeners;
    this.#palette = readPalette(canvas.parentElement ?? document.body);
    const left = leftAt.get(dots);
    const { size, view } = left ?? { size: NO_SIZE, view: wholeMap(NO_SIZE, dots.extent) };
    this.#isWhole = left === undefined;
    const nothing = new Set<number>();
    this.#scene = {
      dots,
      size,
      view,
      selected: nothing,
      lit: nothing,
      pointed: undefined,
      lasso: [],
    };
    this.#watch();
  }

  show(change: Partial<Pick<Scene, "selected" | "lit" | "pointed">>): void {
    this.#change(change);
  }

  zoomBy(factor: number): void {
    const { width, height } = this.#scene.size;
    this.#zoom(factor, width / 2, height / 2);
  }

  /** Shares of the window. */
  moveBy(right: number, down: number): void {
    const { width, height } = this.#scene.size;
    this.#pan(-right * width, -down * height);
  }

  showAll(): void {
    this.#isWhole = true;
    this.#change({ view: this.#whole(this.#scene.size) });
  }

  close(): void {
    const { dots, view, size } = this.#scene;
    if (this.#isWhole) leftAt.delete(dots);
    else leftAt.set(dots, { view, size });
    this.#leaving.abort();
    cancelAnimationFrame(this.#frame);
  }

  #watch(): void {
    const { signal } = this.#leaving;
    const resized = new ResizeObserver(() => this.#resize());
    resized.observe(this.#canvas);
    signal.addEventListener("abort", () => resized.disconnect());
    watchTheme(() => {
      this.#palette = readPalette(this.#canvas.parentElement ?? document.body);
      this.#change({});
    }, signal);
    follow(
      this.#canvas,
      {
        draws: (event) => this.tool === "lasso" || event.shiftKey,
        pan: (dx, dy) => this.#pan(dx, dy),
        zoom: (factor, x, y) => this.#zoom(factor, x, y),
        point: (x, y) => this.#point(x, y),
        pick: (x, y, add) => this.#listeners.onPick(this.#dotAt(x, y), add || this.tool === "lasso"),
        draw: (line) => this.#change({ lasso: line.map(([x, y]) => this.#placeAt(x, y)) }),
        drawn: (add) => this.#drawn(add),
      },
      signal,
    );
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const before = this.#scene.size;
    const size = { width: Math.max(1, width), height: Math.max(1, height) };
    const view = this.#isWhole
      ? this.#whole(size)
      : panned(this.#scene.view, (size.width - before.width) / 2, (size.height - before.height) / 2, size);
    this.#canvas.width = Math.round(size.width * devicePixelRatio);
    this.#canvas.height = Math.round(size.height * devicePixelRatio);
    this.#change({ size, view });
    // Setting its size empties the canvas: it is not left so until the next frame.
    this.#paint();
  }

  #pan(dx: number, dy: number): void {
    this.#isWhole = false;
    this.#change({ view: panned(this.#scene.view, dx, dy, this.#scene.size) });
  }

  #zoom(factor: number, x: number, y: number): void {
    this.#isWhole = false;
    const { view, size } = this.#scene;
    this.#change({ view: zoomed(view, factor, [x, y], size, this.#whole(size)) });
  }

  #whole(size: Size): Viewport {
    return wholeMap(size, this.#scene.dots.extent);
  }

  #point(x: number | undefined, y: number): void {
    const at = x === undefined ? undefined : this.#dotAt(x, y);
    this.#listeners.onPoint(at === undefined ? undefined : { at, ...placeOnScreen(this.#scene, at) });
  }

  #drawn(add: boolean): void {
    const inside = dotsWithin(this.#scene.dots, this.#scene.lasso);
    this.#change({ lasso: [] });
    this.#listeners.onLasso(inside, add);
  }

  #dotAt(x: number, y: number): number | undefined {
    const [mapX, mapY] = this.#placeAt(x, y);
    return nearestDot(this.#scene.dots, mapX, mapY, REACH / this.#scene.view.scale);
  }

  #placeAt(x: number, y: number): Place {
    const { scale, left, top } = this.#scene.view;
    return [(x - left) / scale, (y - top) / scale];
  }

  #change(change: Partial<Scene>): void {
    this.#scene = { ...this.#scene, ...change };
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#painter?.paint(this.#scene, this.#palette, devicePixelRatio);
  }
}
