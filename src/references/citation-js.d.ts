/** The part of citation-js 0.7 that is used here; the packages come without types. */
declare module "@citation-js/core" {
  export class Cite {
    /** Takes CSL-JSON objects as they are; a string would be parsed by the input plugins that are loaded. */
    constructor(data: readonly object[] | string);
    readonly data: readonly Record<string, unknown>[];
    format(output: "bibliography", options: { template: string; nosort?: boolean }): string;
    format(output: "bibtex" | "ris", options: { format: "object" }): unknown;
  }
  export const plugins: {
    readonly config: {
      get(ref: "@bibtex"): { format: { asciiOnly: boolean } };
    };
  };
}

declare module "@citation-js/plugin-bibtex" {}
declare module "@citation-js/plugin-csl" {}
declare module "@citation-js/plugin-ris" {}
