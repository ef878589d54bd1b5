import { type NameParts, personName } from "../../names/person-name.ts";
import { latexText } from "../../plain/latex-text.ts";
import type { Draft } from "../record/draft.ts";
import type { BibtexEntry } from "./parse-entry.ts";

const VENUES = ["journal", "journaltitle", "booktitle", "maintitle", "eventtitle", "school", "institution"];
/** Of a parent that an entry refers to, for what the entry lacks. */
const INHERITED = ["booktitle", "journal", "year", "date", "publisher"];
/** Letters of the authors' field: 6,000 names. */
const MOST_AUTHORS = 1_000_000;

/** A paper out of an entry; its texts are LaTeX throughout. @param parent the entry that its `crossref` names */
export function entryDraft({ fields }: BibtexEntry, parent?: BibtexEntry): Draft {
  const field = (name: string): string | undefined =>
    fields[name] ?? (INHERITED.includes(name) ? inherited(name, parent) : undefined);
  const text = (name: string): string | undefined => {
    const value = field(name);
    return value === undefined ? undefined : latexText(value, { throughout: true });
  };
  const subtitle = text("subtitle");
  const title = text("title");
  const notes = [
    field("note"),
    field("annotation"),
    field("howpublished"),
    field("volume"),
    field("journal"),
  ].join(" ");
  return {
    title: title !== undefined && subtitle !== undefined ? `${title}: ${subtitle}` : title,
    abstract: text("abstract"),
    authors: field("author") === undefined ? undefined : authorsIn(field("author") ?? ""),
    year: field("year") ?? field("date"),
    venue: VENUES.map(text).find((venue) => venue !== undefined && !/^arxiv/i.test(venue)),
    url: address(
      field("url") ??
        /\\url\s?\{([^{}]{1,2000})\}/.exec(notes)?.[1] ??
        /https?:\/\/[^\s{}]{1,2000}/.exec(notes)?.[0],
    ),
    doi: address(field("doi")),
    arxivId: arxivIdOf(field, notes),
    tags: text("keywords")?.split(/[;,]/),
    flags: /\bretracted\b/i.test(field("note") ?? "")
      ? ["retracted"]
      : /\bwithdrawn\b/i.test(field("note") ?? "")
        ? ["withdrawn"]
        : undefined,
  };
}

function inherited(name: string, parent: BibtexEntry | undefined): string | undefined {
  return parent?.fields[name] ?? (name === "booktitle" ? parent?.fields.title : undefined);
}

function arxivIdOf(field: (name: string) => string | undefined, notes: string): string | undefined {
  const eprint = field("eprint") ?? field("arxivid") ?? field("arxiv");
  const archive = field("archiveprefix") ?? field("eprinttype") ?? "arXiv";
  if (eprint !== undefined && /^arxiv$/i.test(archive.trim())) {
    // An address or a number of another archive is none, and nothing to be told.
    return /^(?:arxiv:)?\s?[a-z.-]{0,20}\/?\d{4}\.?\d{3,5}/i.test(eprint.trim()) ? eprint : undefined;
  }
  return /\barXiv[: ]\s?(?:[a-z-]{2,12}(?:\.[A-Z]{2})?\/)?\d{4}\.?\d{3,5}/i
    .exec(notes)?.[0]
    ?.replace(/^arXiv[: ]\s?/i, "");
}

/** Identifiers and addresses are not LaTeX, but many write them as if they were. */
function address(value: string | undefined): string | undefined {
  return value
    ?.trim()
    .replace(/^\\(?:url|href)\s?\{([^{}]*)\}.*$/s, "$1")
    .replace(/\\([_%&#~{}$])/g, "$1")
    .replace(/\s+/g, "");
}

/** Names are parted by "and" outside of braces. */
function authorsIn(value: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  const text = value.slice(0, MOST_AUTHORS);
  for (const { 0: token, index } of text.matchAll(/[{}]|\sand(?=\s)/gi)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (depth <= 0) {
      names.push(text.slice(from, index));
      from = index + token.length;
    }
  }
  names.push(text.slice(from));
  return names.map(nameIn).filter((name) => name !== "" && !/^others$/i.test(name));
}

/** "First von Last", "von Last, First", "von Last, Jr, First", or a body in braces. */
function nameIn(raw: string): string {
  const name = raw.replace(/\s+/g, " ").trim();
  const body = /^\{([^{}\\]*)\}$/.exec(name)?.[1];
  if (body !== undefined) return personName({ literal: body });
  const plain = latexText(name, { throughout: true }).trim();
  const [family = "", second = "", third] = plain.split(",").map((part) => part.trim());
  if (second === "" && third === undefined) return family;
  const parts: NameParts =
    third === undefined ? { family, given: second } : { family, suffix: second, given: third };
  return personName(parts);
}
