import { useMemo, useState } from "react";
import { paperPath } from "../router/route.ts";
import type { Dots } from "./dots.ts";
import { groupName } from "./group-name.ts";
import type { Selection } from "./use-selection.ts";

/** Terms of a group's name in the list. */
const TERMS = 3;

interface Props {
  readonly dots: Dots;
  readonly selection: Selection;
  /** The papers of the current answer. */
  readonly lit: ReadonlySet<number>;
  /** The paper that the hand or the focus is on; undefined when it has left. */
  readonly onPoint: (at: number | undefined) => void;
}

/** All that the map shows as a list: its groups, each with its papers, to be selected as a whole or one by one. */
export function MapGroups(props: Props) {
  const { dots } = props;
  const members = useMemo(() => membersOf(dots), [dots]);
  return (
    <section className="map-groups" aria-labelledby="map-groups-title">
      <h2 id="map-groups-title">Groups</h2>
      <ul>
        {members.map((papers, group) => (
          <li key={papers[0]}>
            <Group
              name={groupName(dots.groups[group]?.terms ?? [], TERMS) || "All papers"}
              papers={papers}
              {...props}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Group({
  name,
  papers,
  ...rest
}: Props & { readonly name: string; readonly papers: readonly number[] }) {
  const [isOpen, setOpen] = useState(false);
  const { selection, lit } = rest;
  const answered = papers.filter((at) => lit.has(at)).length;
  const chosen = papers.filter((at) => selection.dots.has(at)).length;
  return (
    <div className="map-group">
      <input
        type="checkbox"
        aria-label={`All ${papers.length} papers on ${name}`}
        checked={chosen === papers.length}
        ref={(box) => {
          if (box !== null) box.indeterminate = chosen > 0 && chosen < papers.length;
        }}
        onChange={({ target }) => (target.checked ? selection.add(papers) : selection.remove(papers))}
      />
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {name} <span className="map-count">{papers.length}</span>
          {answered > 0 && <span className="map-lit"> {answered} in the answer</span>}
        </summary>
        {isOpen && (
          <ul>
            {papers.map((at) => (
              <PaperRow key={at} at={at} {...rest} />
            ))}
          </ul>
        )}
      </details>
    </div>
  );
}

function PaperRow({ dots, selection, lit, onPoint, at }: Props & { readonly at: number }) {
  const title = dots.titles[at] ?? "";
  return (
    <li
      className="map-paper"
      onPointerEnter={() => onPoint(at)}
      onPointerLeave={() => onPoint(undefined)}
      onFocus={() => onPoint(at)}
      onBlur={() => onPoint(undefined)}
    >
      <input
        type="checkbox"
        aria-label={title}
        checked={selection.dots.has(at)}
        onChange={() => selection.toggle(at)}
      />
      <span>
        <a href={paperPath(dots.ids[at] ?? "")} dir="auto">
          {title}
        </a>
        {lit.has(at) && <strong className="map-lit"> in the answer</strong>}
      </span>
    </li>
  );
}

function membersOf(dots: Dots): number[][] {
  const members = dots.groups.map((): number[] => []);
  for (const [at, group] of dots.groupOf.entries()) members[group]?.push(at);
  return members;
}
