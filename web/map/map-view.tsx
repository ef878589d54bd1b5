import { useMemo, useState } from "react";
import { answerPapers } from "../state/answer-papers.ts";
import { useStore } from "../state/store.ts";
import { Problem } from "../ui/problem.tsx";
import { useTitle } from "../ui/use-title.ts";
import type { Dots } from "./dots.ts";
import { MapGroups } from "./map-groups.tsx";
import { MapPlate } from "./map-plate.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useMap } from "./use-map.ts";
import { useSelection } from "./use-selection.ts";
import "./map.css";

/** The corpus as a picture: every paper a dot, near what it is like; and the same as a list. */
export function MapView() {
  useTitle("Map");
  const { state, retry } = useMap();
  switch (state.kind) {
    case "loading":
      return <MapPage />;
    case "drawing":
      return (
        <MapPage>
          <p className="map-notice" role="status">
            The map is being drawn. With many papers that takes half a minute, once.
          </p>
        </MapPage>
      );
    case "failed":
      return (
        <MapPage>
          <Problem problem={state.problem} onRetry={retry} />
        </MapPage>
      );
    case "ready":
      return <DrawnMap dots={state.dots} />;
  }
}

function MapPage({ about, children }: { readonly about?: string; readonly children?: React.ReactNode }) {
  return (
    <section className="map-page" aria-labelledby="map-title">
      <header className="map-head">
        <h1 id="map-title">Map</h1>
        {about !== undefined && <p>{about}</p>}
      </header>
      {children}
    </section>
  );
}

function DrawnMap({ dots }: { readonly dots: Dots }) {
  const selection = useSelection();
  const [pointed, setPointed] = useState<number>();
  const answered = useStore(answerPapers);
  const lit = useMemo(
    () => new Set(answered.flatMap((id) => dots.positions.get(id) ?? [])),
    [answered, dots.positions],
  );
  const groups = dots.groups.length === 1 ? "" : ` in ${dots.groups.length} groups`;
  const papers = dots.count === 1 ? "1 paper" : `${dots.count.toLocaleString("en")} papers`;
  const answer =
    lit.size === 0 ? "" : ` Lit: the ${lit.size === 1 ? "paper" : `${lit.size} papers`} of the answer.`;
  return (
    <MapPage about={`${papers}${groups}. Papers that lie near each other are about like things.${answer}`}>
      <div className="map-body">
        <div className="map-main">
          <MapPlate {...{ dots, selection, lit, pointed }} />
          <SelectionBar dots={dots} selection={selection} />
        </div>
        <MapGroups {...{ dots, selection, lit }} onPoint={setPointed} />
      </div>
    </MapPage>
  );
}
