/** A span of a text to be lit; `name` tells it apart, `current` is the one that is looked at. */
export interface Lit {
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly current?: boolean;
}
