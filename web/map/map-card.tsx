import { paperPath } from "../router/route.ts";
import { askAbout } from "../state/scope.ts";
import type { Dots } from "./dots.ts";
import { groupName } from "./group-name.ts";
import type { Selection } from "./use-selection.ts";

interface Props {
  readonly dots: Dots;
  readonly at: number;
  readonly selection: Selection;
  readonly onClose: () => void;
}

/** The paper that was picked on the map. */
export function MapCard({ dots, at, selection, onClose }: Props) {
  const year = dots.years[at];
  const group = groupName(dots.groups[dots.groupOf[at] ?? 0]?.terms ?? []);
  const isSelected = selection.dots.has(at);
  return (
    <section className="map-card" aria-label="Picked paper">
      <p className="map-card-title" dir="auto">
        {dots.titles[at]}
      </p>
      <p className="map-card-about">{[year, group].filter(Boolean).join(" · ")}</p>
      <p className="map-card-actions">
        <button
          type="button"
          className="button primary"
          onClick={() => askAbout({ papers: [{ id: dots.ids[at] ?? "", title: dots.titles[at] ?? "" }] })}
        >
          Ask about it
        </button>
        <a className="button" href={paperPath(dots.ids[at] ?? "")}>
          Open
        </a>
        <button type="button" className="button" onClick={() => selection.toggle(at)}>
          {isSelected ? "Unselect" : "Select"}
        </button>
        <button type="button" className="map-close" aria-label="Close" onClick={onClose}>
          ×
        </button>
      </p>
    </section>
  );
}
