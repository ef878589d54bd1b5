export interface StreamPiece {
  readonly text: string;
  readonly notes: readonly StreamNote[];
}

export interface StreamNote {
  readonly marker: number;
  readonly claim: { readonly start: number; readonly end: number };
}

export class CitationStream {
  readonly #markers: ReadonlySet<number>;

  constructor(markers: ReadonlySet<number>) {
    this.#markers = markers;
  }

  get dropped(): number {
    return 0;
  }

  push(chunk: string): StreamPiece {
    return { text: this.#markers.size === 0 ? "" : chunk, notes: [] };
  }

  end(): StreamPiece {
    return { text: "", notes: [] };
  }
}
