/** Formats of lines that begin with a tag, and what their tags stand for. */
import { personName } from "../../names/person-name.ts";
import type { Draft } from "../record/draft.ts";

export type Tags = Readonly<Record<string, readonly string[]>>;

export interface Dialect {
  readonly name: string;
  /** At the head of a file. */
  readonly opening: RegExp;
  /** A line with its tag and its text. */
  readonly line: RegExp;
  /** Tags that begin a record, and that end it. */
  readonly begins: ReadonlySet<string>;
  readonly ends?: string;
  draft(tags: Tags): Draft;
}

const all = (tags: Tags, ...names: string[]): string[] => names.flatMap((name) => tags[name] ?? []);
const first = (tags: Tags, ...names: string[]): string | undefined =>
  all(tags, ...names).find((text) => text.trim() !== "");

/** "Family, Given, Suffix". */
function inverted(name: string): string {
  const [family = "", given = "", suffix] = name.split(",").map((part) => part.trim());
  return given === "" ? family : personName({ family, given, suffix });
}

const ris: Dialect = {
  name: "RIS",
  opening: /(?:^|\n)TY {1,4}- ?[A-Z]/,
  line: /^([A-Z][A-Z\d]) {1,4}-(?: (.*))?$/,
  begins: new Set(["TY"]),
  ends: "ER",
  draft: (tags) => ({
    title: first(tags, "TI", "T1", "CT", "ST"),
    abstract: first(tags, "AB", "N2"),
    authors: all(tags, "AU", "A1").map(inverted),
    year: first(tags, "PY", "Y1", "DA"),
    venue: first(tags, "JF", "JO", "T2", "BT", "JA", "J2"),
    url: first(tags, "UR", "L2", "LK"),
    doi: first(tags, "DO"),
    arxivId: all(tags, "AN", "C7", "M1", "VL").find((text) => /^arxiv:/i.test(text)),
    tags: all(tags, "KW"),
    flags: all(tags, "N1").some((note) => /\bretracted\b/i.test(note))
      ? ["retracted"]
      : all(tags, "N1").some((note) => /\bwithdrawn\b/i.test(note))
        ? ["withdrawn"]
        : undefined,
  }),
};

const medline: Dialect = {
  name: "MEDLINE (.nbib)",
  opening: /(?:^|\n)PMID ?- ?\d/,
  line: /^([A-Z]{2,4}) {0,2}- (.*)$/,
  begins: new Set(["PMID"]),
  draft: (tags) => {
    const pmid = first(tags, "PMID");
    const doi = all(tags, "LID", "AID").find((text) => /\[doi\]/i.test(text));
    const names = all(tags, "FAU").map(inverted);
    return {
      title: first(tags, "TI", "BTI")?.replace(/^\[(.*)\]\.?$/s, "$1"),
      abstract: first(tags, "AB"),
      authors: [
        ...(names.length > 0 ? names : all(tags, "AU")),
        ...all(tags, "CN").map((literal) => personName({ literal })),
      ],
      year: first(tags, "DP", "DEP"),
      venue: first(tags, "JT", "TA"),
      url: pmid === undefined ? undefined : `https://pubmed.ncbi.nlm.nih.gov/${pmid.trim()}/`,
      doi: doi?.replace(/\s*\[doi\]/i, ""),
      tags: all(tags, "OT"),
      flags:
        all(tags, "PT").includes("Retracted Publication") || tags.RIN !== undefined
          ? ["retracted"]
          : undefined,
    };
  },
};

const endnote: Dialect = {
  name: "EndNote (.enw)",
  opening: /(?:^|\n)%0 [A-Z]/,
  line: /^%(\S) (.*)$/,
  begins: new Set(["0"]),
  draft: (tags) => ({
    title: first(tags, "T"),
    abstract: first(tags, "X"),
    authors: all(tags, "A").map(inverted),
    year: first(tags, "D", "8"),
    venue: first(tags, "J", "B"),
    url: first(tags, "U"),
    doi: first(tags, "R"),
    tags: all(tags, "K"),
  }),
};

const webOfScience: Dialect = {
  name: "Web of Science",
  opening: /^(?:FN [^\n]{0,200}\n(?:VR [^\n]{0,20}\n)?)?PT [A-Z]\r?\n/,
  line: /^([A-Z][A-Z\d]) (.*)$/,
  begins: new Set(["PT"]),
  ends: "ER",
  draft: (tags) => ({
    title: first(tags, "TI"),
    abstract: first(tags, "AB"),
    authors: all(tags, "AF").length > 0 ? all(tags, "AF").map(inverted) : all(tags, "AU"),
    year: first(tags, "PY", "EA"),
    venue: first(tags, "SO"),
    doi: first(tags, "DI"),
    tags: first(tags, "DE")?.split(";"),
  }),
};

export const DIALECTS: readonly Dialect[] = [ris, medline, endnote, webOfScience];
