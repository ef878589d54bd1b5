import { placeOf } from "../../src/protocol/wording.ts";
import type { Answer, Citation, Source } from "../../src/protocol.ts";
import { byline } from "../notes/note-card.tsx";
import { type PaperLink, paperLinks } from "../notes/paper-links.ts";
import type { Turn } from "../state/thread.ts";
import { MathText } from "../ui/math-text.tsx";

/** On paper: the notes of an answer, each with the words that it quotes. */
export function PrintNotes({ answer }: { readonly answer: Answer }) {
  const sources = citedBy(answer);
  if (sources.length === 0) return null;
  return (
    <ol className="print-notes" aria-label="Notes">
      {sources.map(({ marker, paper }) => (
        <li key={marker} value={marker}>
          <cite dir="auto">
            <MathText text={paper.title} />
          </cite>
          {quotesOf(answer, marker).map((note) => (
            <q key={note.id} dir="auto">
              <MathText text={note.quote} />
              <Place note={note} />
            </q>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** On paper: each paper that the conversation cites, once, by title. */
export function PrintReferences({ turns }: { readonly turns: readonly Turn[] }) {
  const papers = new Map<string, Source["paper"]>();
  for (const { answer } of turns) {
    for (const { paper } of answer?.answer === undefined ? [] : citedBy(answer.answer))
      papers.set(paper.id, paper);
  }
  if (papers.size === 0) return null;
  const sorted = [...papers.values()].sort((a, b) => a.title.localeCompare(b.title));
  return (
    <section className="print-references">
      <h2>References</h2>
      <ul>
        {sorted.map((paper) => (
          <li key={paper.id} dir="auto">
            <MathText text={paper.title} />
            {byline(paper) === "" ? null : `. ${byline(paper)}`}
            {paperLinks({ ...paper, abstract: "" }).map((link) => (
              <Address key={link.href} link={link} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Address({ link: { href } }: { readonly link: PaperLink }) {
  return (
    <>
      {" "}
      <a href={href}>{href}</a>
    </>
  );
}

function Place({ note }: { readonly note: Citation }) {
  const place = placeOf(note);
  return place === "" ? null : <span> ({place})</span>;
}

function citedBy({ citations, sources }: Answer): Source[] {
  const cited = new Set(citations.map(({ marker }) => marker));
  return sources.filter(({ marker }) => cited.has(marker));
}

/** Each quote once, however many claims it carries. */
function quotesOf({ citations }: Answer, marker: number): Citation[] {
  const quotes = new Map(citations.filter((one) => one.marker === marker).map((one) => [one.quote, one]));
  return [...quotes.values()];
}
