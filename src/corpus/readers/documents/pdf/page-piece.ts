/** A piece of text as the PDF sets it; y counts from the bottom of the page. */
export interface PagePiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
}

export const endOf = ({ x, width }: PagePiece): number => x + width;
export const isBlankPiece = ({ text }: PagePiece): boolean => text.trim() === "";
