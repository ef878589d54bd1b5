/** A colour as the page's style sheet has it, in numbers from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What the map is drawn in; follows the theme. */
export interface Palette {
  readonly page: Colour;
  readonly ink: Colour;
  readonly quiet: Colour;
  readonly land: Colour;
  readonly line: Colour;
  readonly lit: Colour;
  readonly selected: Colour;
  /** Of the groups in turn. */
  readonly groups: readonly Colour[];
  readonly serif: string;
  readonly sans: string;
}

/** Tints that `map.css` names --map-1, --map-2 … */
export const TINTS = 6;

export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement("span");
  element.append(probe);
  const colour = (name: string): Colour => {
    // Of a variable alone browsers give the words; of a colour that refers to it, the colour.
    probe.style.color = `var(${name})`;
    return inNumbers(getComputedStyle(probe).color);
  };
  const font = (name: string) => getComputedStyle(element).getPropertyValue(name);
  const palette = {
    page: colour("--map-page"),
    ink: colour("--ink"),
    quiet: colour("--ink-2"),
    land: colour("--map-land"),
    line: colour("--map-line"),
    lit: colour("--accent"),
    selected: colour("--focus"),
    groups: Array.from({ length: TINTS }, (_, at) => colour(`--map-${at + 1}`)),
    serif: font("--serif"),
    sans: font("--sans"),
  };
  probe.remove();
  return palette;
}

/** Any way of writing a colour, by painting with it. */
function inNumbers(written: string): Colour {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (context === null) return [0, 0, 0];
  context.fillStyle = written;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

export function css([red, green, blue]: Colour, alpha = 1): string {
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}
