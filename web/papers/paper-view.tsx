import { useEffect, useState } from "react";
import { FootnoteError } from "../../src/client.ts";
import type { Paper, PaperResponse } from "../../src/protocol.ts";
import { paperPath } from "../router/route.ts";
import { paperOf } from "../state/papers.ts";
import { askAbout } from "../state/scope.ts";
import { byLine } from "./by-line.ts";
import { CiteButtons } from "./cite-buttons.tsx";
import { paperLinks } from "./paper-links.ts";
import { TexText } from "./tex-text.tsx";
import "./papers.css";

/** One paper: its abstract, where to read it, how to cite it, what is like it. */
export function PaperView({ id }: { readonly id: string }) {
  const [found, setFound] = useState<PaperResponse>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    let isGone = false;
    paperOf(id).then(
      (paper) => !isGone && setFound(paper),
      (error: unknown) => !isGone && setFailure(error),
    );
    return () => {
      isGone = true;
    };
  }, [id]);
  return (
    <section className="paper-page">
      <a className="paper-back" href="/papers">
        All papers
      </a>
      {failure !== undefined && <Failure failure={failure} />}
      {found !== undefined && <WholePaper {...found} />}
    </section>
  );
}

function Failure({ failure }: { readonly failure: unknown }) {
  const isUnknown = failure instanceof FootnoteError && failure.code === "not_found";
  const said = failure instanceof FootnoteError ? failure.message : "The paper could not be loaded.";
  return (
    <div role="alert">
      <h1>{isUnknown ? "There is no such paper" : "This did not work"}</h1>
      <p className="papers-notice">{said}</p>
    </div>
  );
}

function WholePaper({ paper, related }: PaperResponse) {
  const about = byLine(paper);
  return (
    <article>
      <h1>
        <TexText text={paper.title} />
      </h1>
      {about !== "" && <p className="paper-about">{about}</p>}
      <p className="paper-actions">
        <button
          type="button"
          className="papers-button papers-ask"
          onClick={() => askAbout({ papers: [{ id: paper.id, title: paper.title }] })}
        >
          Ask about this paper
        </button>
        <CiteButtons id={paper.id} />
      </p>
      <h2>Abstract</h2>
      <p className="paper-abstract">
        <TexText text={paper.abstract} />
      </p>
      <PaperFacts paper={paper} />
      {related.length > 0 && <Related related={related} />}
    </article>
  );
}

function PaperFacts({ paper }: { readonly paper: Paper }) {
  const links = paperLinks(paper);
  return (
    <dl className="paper-facts">
      {links.length > 0 && (
        <div>
          <dt>Links</dt>
          {links.map(({ name, href }) => (
            <dd key={href}>
              <a href={href} target="_blank" rel="noreferrer">
                {name}
              </a>
            </dd>
          ))}
        </div>
      )}
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
      <h2>Related papers</h2>
      <ul className="paper-related">
        {related.map(({ paper }) => (
          <li key={paper.id}>
            <a className="papers-title" href={paperPath(paper.id)}>
              <TexText text={paper.title} />
            </a>
            <p className="papers-about">{byLine(paper)}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
