/**
 * Mouse, pen and fingers on an element, as what they mean: move, zoom, point, pick, draw a line around something. One
 * finger that draws nothing is left to the page, which it scrolls; two move and zoom.
 */

/** CSS pixels that a hand trembles: what moves less was a click. */
const TREMBLE = 5;
/** How much a turn of the wheel enlarges: a notch of 100 gives a factor of 1.2. */
const WHEEL = 0.0018;
/** A line of a wheel that counts in lines, in pixels. */
const LINE = 16;

type Spot = readonly [x: number, y: number];

/** All places are CSS pixels of the element. */
interface Meanings {
  /** Whether a drag that begins so draws a line, instead of moving. */
  draws(event: PointerEvent): boolean;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** Without a place: it has left. */
  point(x: number | undefined, y: number): void;
  pick(x: number, y: number, add: boolean): void;
  /** The whole line so far. */
  draw(line: readonly Spot[]): void;
  drawn(add: boolean): void;
}

export function follow(element: HTMLElement, meanings: Meanings, signal: AbortSignal): void {
  const hand = new Hand(element, meanings);
  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    heard: (event: HTMLElementEventMap[Name]) => void,
  ) => element.addEventListener(name, heard, { signal, passive: false });
  listen("pointerdown", (event) => hand.down(event));
  listen("pointermove", (event) => hand.move(event));
  listen("pointerup", (event) => hand.up(event));
  listen("pointercancel", (event) => hand.cancel(event));
  listen("touchmove", (event) => {
    if (event.touches.length > 1) event.preventDefault();
  });
  listen("pointerleave", () => meanings.point(undefined, 0));
  listen("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
    const { offsetX, offsetY } = event;
    meanings.zoom(Math.exp(-pixels * WHEEL * (event.ctrlKey ? 4 : 1)), offsetX, offsetY);
  });
}

class Hand {
  readonly #element: HTMLElement;
  readonly #meanings: Meanings;
  readonly #fingers = new Map<number, Spot>();
  #began: Spot | undefined;
  /** The line that is being drawn; undefined while a drag moves. */
  #line: Spot[] | undefined;

  constructor(element: HTMLElement, meanings: Meanings) {
    this.#element = element;
    this.#meanings = meanings;
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#element.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, spotOf(event));
    const isFirst = this.#fingers.size === 1;
    this.#began = isFirst ? spotOf(event) : undefined;
    this.#line = isFirst && this.#meanings.draws(event) ? [spotOf(event)] : undefined;
    // A second finger means zoom: what the first had begun to draw is given up.
    if (!isFirst) this.#meanings.draw([]);
  }

  move(event: PointerEvent): void {
    const spot = spotOf(event);
    const before = this.#fingers.get(event.pointerId);
    if (before === undefined) {
      this.#meanings.point(...spot);
      return;
    }
    if (this.#began !== undefined && distance(this.#began, spot) <= TREMBLE) return;
    const wasClick = this.#began !== undefined;
    this.#began = undefined;
    this.#fingers.set(event.pointerId, spot);
    if (this.#line !== undefined) {
      this.#line.push(spot);
      this.#meanings.draw(this.#line);
    } else if (this.#fingers.size === 1) {
      if (event.pointerType === "touch") return;
      if (wasClick) this.#meanings.point(undefined, 0);
      this.#meanings.pan(spot[0] - before[0], spot[1] - before[1]);
    } else {
      this.#pinch(event.pointerId, before, spot);
    }
  }

  up(event: PointerEvent): void {
    if (!this.#fingers.delete(event.pointerId)) return;
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    if (this.#began !== undefined) this.#meanings.pick(...spotOf(event), adds);
    else if (this.#line !== undefined) this.#meanings.drawn(adds);
    this.#began = undefined;
    this.#line = undefined;
  }

  cancel(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#line !== undefined) this.#meanings.draw([]);
    this.#began = undefined;
    this.#line = undefined;
  }

  /** One of two fingers has moved: what lies between them grows with their distance and moves with their middle. */
  #pinch(finger: number, before: Spot, now: Spot): void {
    const other = [...this.#fingers].find(([id]) => id !== finger)?.[1];
    if (other === undefined) return;
    const middle: Spot = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2];
    this.#meanings.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    this.#meanings.zoom(distance(now, other) / Math.max(1, distance(before, other)), ...middle);
  }
}

function spotOf({ offsetX, offsetY }: PointerEvent): Spot {
  return [offsetX, offsetY];
}

function distance([x, y]: Spot, [otherX, otherY]: Spot): number {
  return Math.hypot(x - otherX, y - otherY);
}
