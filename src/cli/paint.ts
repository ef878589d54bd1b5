export interface Paint {
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
