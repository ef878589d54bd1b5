import type { Paper, PaperResponse } from "../../src/protocol.ts";
import { SourceLinks } from "../notes/source-links.tsx";
import { usePaper } from "../notes/use-paper.ts";
import { paperPath } from "../router/route.ts";
import { askAbout } from "../state/scope.ts";
import { MathText } from "../ui/math-text.tsx";
import { Problem } from "../ui/problem.tsx";
import { useTitle } from "../ui/use-title.ts";
import { byLine } from "./by-line.ts";
import { CiteButtons } from "./cite-buttons.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { papersAddress } from "./use-papers-search.ts";
import "./papers.css";

/** One paper: its abstract, where to read it, how to cite it, what is like it. */
export function PaperView({ id }: { readonly id: string }) {
  const { paper, related, problem, retry } = usePaper(id);
  useTitle(paper?.title);
  return (
    <section className="paper-page">
      <a className="paper-back" href={papersAddress()}>
        All papers
      </a>
      {problem !== undefined && <Problem problem={problem} onRetry={retry} />}
      {paper !== undefined && <WholePaper paper={paper} related={related} />}
    </section>
  );
}

function WholePaper({ paper, related }: PaperResponse) {
  const about = byLine(paper);
  return (
    <article>
      <h1 dir="auto">
        <MathText text={paper.title} />
      </h1>
      {about !== "" && (
        <p className="paper-about" dir="auto">
          {about}
        </p>
      )}
      <p className="paper-actions">
        <button
          type="button"
          className="button primary"
          onClick={() => askAbout({ papers: [{ id: paper.id, title: paper.title }] })}
        >
          Ask about this paper
        </button>
        <CiteButtons id={paper.id} />
      </p>
      <h2>Abstract</h2>
      <p className="paper-abstract" dir="auto">
        <MathText text={paper.abstract} hasLinks />
      </p>
      <PaperFacts paper={paper} />
      <RemoveButton paper={paper} />
      {related.length > 0 && <Related related={related} />}
    </article>
  );
}

function PaperFacts({ paper }: { readonly paper: Paper }) {
  return (
    <dl className="paper-facts">
      <div>
        <dt>Links</dt>
        <dd>
          <SourceLinks paper={paper} isOwnPage />
        </dd>
      </div>
      {paper.tags !== undefined && paper.tags.length > 0 && (
        <div>
          <dt>Tags</dt>
          <dd className="papers-tags">
            {paper.tags.map((tag) => (
              <span key={tag}>{tag}</span>
            ))}
          </dd>
        </div>
      )}
      <div>
        <dt>From</dt>
        <dd>{paper.source}</dd>
      </div>
    </dl>
  );
}

function Related({ related }: Pick<PaperResponse, "related">) {
  return (
    <>
      <h2>Similar papers</h2>
      <ul className="paper-related">
        {related.map(({ paper }) => (
          <li key={paper.id}>
            <a className="papers-title" dir="auto" href={paperPath(paper.id)}>
              <MathText text={paper.title} />
            </a>
            <p className="papers-about" dir="auto">
              {byLine(paper)}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
