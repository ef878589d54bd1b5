import { latexText } from "../../plain/latex-text.ts";
import type { Reader, ReadItem } from "../reader.ts";
import { toItem } from "../record/to-item.ts";
import { readBytes } from "../source/read-bytes.ts";
import { TextWindow } from "../source/text-window.ts";
import { entryDraft } from "./entry-draft.ts";
import { type BibtexEntry, parseEntry } from "./parse-entry.ts";

/** Letters of one entry. */
const MOST_LETTERS = 4 * 1024 * 1024;
/** Macros, parents, and entries that wait for theirs: parents come after their children. */
const MOST_HELD = 20_000;
/** An entry on a line of its own: inside of another one, that one has lost a brace. */
const NEXT = /\n[ \t]{0,99}@\s{0,9}[A-Za-z]{2,40}\s{0,9}[{(]/g;
/** An entry anywhere, its key and its first field. */
const ANYWHERE = /@[A-Za-z]{2,40}\s{0,9}\{\s{0,9}[^\s{},"=]{1,200}\s{0,9},\s{0,99}[A-Za-z]{2,40}\s{0,9}=/g;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** BibTeX and BibLaTeX, also as Zotero, Mendeley and the ACL Anthology export them. */
export const bibtexReader: Reader = {
  name: "BibTeX",

  accepts: ({ text }) =>
    /(?:^|\n)[ \t]{0,99}@\s{0,9}(?:[A-Za-z]{2,40})\s{0,9}[{(]\s{0,99}[^\s{}"]{0,200}\s{0,9}[,=]/.test(
      text.slice(0, 64 * 1024),
    ) && !/^\s*[[{<]/.test(text),

  async *read(file, options): AsyncGenerator<ReadItem> {
    const window = new TextWindow(readBytes(file, options));
    const held = new Held();
    while (true) {
      for (const reason of window.takeNotes()) yield { note: { line: window.line, reason } };
      const next = await toEntry(window);
      if (!next) break;
      const line = window.line;
      const limit = await entryLimit(window);
      const entry = parseEntry(window.text.slice(0, limit), 0, held.macros);
      if ("reason" in entry) {
        const isCut = limit === window.text.length && window.isLast;
        const named = titleIn(window.text.slice(0, Math.min(limit, 20_000)));
        const reason = `the entry cannot be read: ${entry.reason}`;
        ANYWHERE.lastIndex = 1;
        const again = ANYWHERE.exec(window.text.slice(0, limit))?.index;
        yield {
          problem: { line, reason },
          ...(named && { named }),
          ...(isCut && again === undefined && { cutsOff: true as const }),
        };
        window.skip(again ?? limit);
        continue;
      }
      const last = window.lineAt(entry.end);
      window.skip(entry.end);
      const item = held.take(entry, last);
      if (item !== undefined) yield item;
    }
    yield* held.rest();
    if (window.fault !== undefined) {
      yield {
        problem: { line: window.line, reason: `cannot be read on from here: ${window.fault}` },
        cutsOff: true,
      };
    }
  },
};

/** Moves to the next "@" that begins an entry. */
async function toEntry(window: TextWindow): Promise<boolean> {
  while (true) {
    const at = /@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(]/.exec(window.text)?.index;
    if (at !== undefined) {
      window.skip(at);
      return true;
    }
    window.skip(Math.max(0, window.text.length - 200));
    if (!(await window.fill())) return false;
  }
}

/** Where the next entry begins on a line of its own, or the text ends. */
async function entryLimit(window: TextWindow): Promise<number> {
  let from = 1;
  while (true) {
    NEXT.lastIndex = from;
    const at = NEXT.exec(window.text)?.index;
    if (at !== undefined) return at + 1;
    from = Math.max(1, window.text.length - 200);
    if (window.text.length > MOST_LETTERS || !(await window.fill())) return window.text.length;
  }
}

function titleIn(text: string): { title: string } | undefined {
  const title = /\btitle\s{0,9}=\s{0,9}[{"]{1,2}([^\n{}"]{3,1000})[}"]/i.exec(text)?.[1];
  return title === undefined ? undefined : { title: latexText(title, { throughout: true }) };
}

/** What entries need of one another. */
class Held {
  readonly macros = new Map(MONTHS.map((month) => [month, month]));
  readonly #parents = new Map<string, BibtexEntry>();
  readonly #children: { entry: BibtexEntry; line: number }[] = [];

  take(entry: BibtexEntry, line: number): ReadItem | undefined {
    const { type, key, fields } = entry;
    if (type === "string") {
      for (const [name, value] of Object.entries(fields))
        if (this.macros.size < MOST_HELD) this.macros.set(name, value);
      return undefined;
    }
    if (type === "comment" || type === "preamble") return undefined;
    const isParent = /^(?:proceedings|book|collection|mvproceedings|mvcollection)$/.test(type);
    if (isParent && this.#parents.size < MOST_HELD) this.#parents.set(key.toLowerCase(), entry);
    if (fields.crossref !== undefined && this.#children.length < MOST_HELD) {
      this.#children.push({ entry, line });
      return undefined;
    }
    // Proceedings are no paper.
    return type === "proceedings" ? undefined : toItem(entryDraft(entry), line);
  }

  *rest(): Generator<ReadItem> {
    for (const { entry, line } of this.#children) {
      yield toItem(entryDraft(entry, this.#parents.get((entry.fields.crossref ?? "").toLowerCase())), line);
    }
  }
}
