/** Columns of an output that is no terminal: wide enough that nothing is cut there. */
const UNLIMITED_COLUMNS = 10_000;
const USUAL_COLUMNS = 80;

/**
 * What JSON lets stand and a terminal obeys: the second row of control characters, and the marks that turn the direction
 * of writing. In JSON they stand in strings alone, where an escape says the same.
 */
const UNSAFE = /[\x7f-\x9f\p{Bidi_Control}]/gu;

/** What Output needs of a stream: process.stdout and process.stderr have it, and so have the streams of tests. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  hasColors?(): boolean;
};

/** Standard output or standard error: knows whether people read it, and survives a reader that goes away. */
export class Output {
  readonly stream: OutputStream;
  #broken = false;

  /** `onBroken` runs once when nobody reads any more (EPIPE, as after `| head`). */
  constructor(stream: OutputStream, onBroken: () => void = () => {}) {
    this.stream = stream;
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
      if (!this.#broken) onBroken();
      this.#broken = true;
    });
  }

  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  /** Node decides by NO_COLOR, FORCE_COLOR and TERM. */
  get colour(): boolean {
    return this.isTerminal && this.stream.hasColors?.() === true;
  }

  get columns(): number {
    // A terminal that does not know its width says 0.
    return this.isTerminal ? this.stream.columns || USUAL_COLUMNS : UNLIMITED_COLUMNS;
  }

  write(text: string): void {
    if (!this.#broken) this.stream.write(text);
  }

  line(text = ""): void {
    this.write(`${text}\n`);
  }

  /** `value` as one line of JSON. */
  json(value: unknown): void {
    this.line(JSON.stringify(value).replace(UNSAFE, escaped));
  }

  /** Resolves when everything written has left the process, or cannot. */
  flush(): Promise<void> {
    if (this.#broken) return Promise.resolve();
    return new Promise((resolve) => {
      this.stream.write("", () => resolve());
    });
  }
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  /** Colour of the numbers of notes. */
  marker(text: string): string;
}

/** ANSI styles, or the text as it is where colour is off. */
export function paint(colour: boolean): Paint {
  const style = (on: number, off: number) => (text: string) =>
    colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: style(1, 22), dim: style(2, 22), marker: style(36, 39) };
}

/**
 * Text of papers, people or models made safe to print: control characters, which could move the cursor, rename the
 * window or hide text, become visible signs, and so do the marks that turn the direction of writing.
 */
export function terminalText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, visible);
}

/** Code point of ␀, the picture of control character 0; the 31 others follow. */
const CONTROL_PICTURES = 0x2400;

function visible(char: string): string {
  if (char === "\n" || char === "\t") return char;
  const code = char.charCodeAt(0);
  if (code === 0x7f) return "␡";
  return code < 0x20 ? String.fromCharCode(CONTROL_PICTURES + code) : "\ufffd";
}
