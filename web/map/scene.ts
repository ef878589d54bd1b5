import type { Dots } from "./dots.ts";
import type { Place } from "./lasso.ts";
import type { Size, Viewport } from "./viewport.ts";

/** What one picture of the map shows. */
export interface Scene {
  readonly dots: Dots;
  readonly view: Viewport;
  readonly size: Size;
  readonly selected: ReadonlySet<number>;
  /** The papers of the current answer. */
  readonly lit: ReadonlySet<number>;
  /** The dot that is pointed at or was picked. */
  readonly pointed: number | undefined;
  /** The line that is being drawn around dots, through places of the map. */
  readonly lasso: readonly Place[];
}
