import type { Paper } from "../../src/protocol.ts";
import { mapPath, paperPath } from "../router/route.ts";
import { Icon } from "../ui/icon.tsx";
import { type PaperLink, paperLinks, searchLinks } from "./paper-links.ts";

/** The ways on from a paper: its own page, its place on the map, where it can be read, and where it is found by title. */
export function SourceLinks({
  paper,
  isOwnPage = false,
}: {
  readonly paper: Paper;
  readonly isOwnPage?: boolean;
}) {
  const known = paperLinks(paper);
  return (
    <div className="source-links">
      <ul aria-label="Links">
        {isOwnPage ? null : (
          <li>
            <a href={paperPath(paper.id)}>The paper’s page</a>
          </li>
        )}
        <li>
          <a href={mapPath(paper.id)}>Show on the map</a>
        </li>
        {known.map((link) => (
          <Outward key={link.href} link={link} />
        ))}
      </ul>
      <ul aria-label="Find it on">
        <li aria-hidden="true">Find it on</li>
        {searchLinks(paper).map((link) => (
          <Outward key={link.href} link={link} />
        ))}
      </ul>
    </div>
  );
}

function Outward({ link: { href, label } }: { readonly link: PaperLink }) {
  return (
    <li>
      <a href={href} target="_blank" rel="noopener noreferrer">
        {label}
        <Icon name="out" />
      </a>
    </li>
  );
}
