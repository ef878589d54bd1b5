import { useEffect, useRef, useState } from "react";
import { mapPaper } from "../router/route.ts";
import type { Dots } from "./dots.ts";
import { MapCanvas, type Pointed, type Tool } from "./map-canvas.ts";
import { MapCard } from "./map-card.tsx";
import { MapTools } from "./map-tools.tsx";
import type { Selection } from "./use-selection.ts";

/** Share of the window that an arrow key moves by, and how much larger a plus makes. */
const STEP = 0.15;
const ZOOM = 1.4;

interface Props {
  readonly dots: Dots;
  readonly selection: Selection;
  /** The papers of the current answer. */
  readonly lit: ReadonlySet<number>;
  /** The dot that is pointed at from elsewhere. */
  readonly pointed: number | undefined;
}

/** The picture, with what belongs on it: tools, the title under the hand, the card of the paper that was picked. */
export function MapPlate({ dots, selection, lit, pointed }: Props) {
  const [hovered, setHovered] = useState<Pointed>();
  const [picked, setPicked] = useState(() => dots.positions.get(mapPaper()));
  const [tool, setTool] = useState<Tool>("move");
  const { canvas, map } = useMapCanvas(dots, {
    onPoint: setHovered,
    onPick: (at, add) => {
      if (add && at !== undefined) selection.toggle(at);
      else setPicked(at);
    },
    onLasso: (inside, add) => (add ? selection.add(inside) : selection.replace(inside)),
  });
  useEffect(() => {
    if (map.current !== undefined) map.current.tool = tool;
  }, [map, tool]);
  useEffect(() => {
    map.current?.show({ selected: selection.dots, lit });
  }, [map, selection.dots, lit]);
  useEffect(() => {
    map.current?.show({ pointed: hovered?.at ?? pointed ?? picked });
  }, [map, hovered, pointed, picked]);
  return (
    <div className="map-plate" data-tool={tool}>
      <div
        className="map-window"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is moved by keys; the list has all else
        tabIndex={0}
        aria-label={`Map of ${dots.count} papers. Arrow keys move it, plus and minus change its size, 0 shows all of it. The list of groups has the same papers.`}
        onKeyDown={(event) => {
          if (event.key === "Escape") setPicked(undefined);
          else if (steer(map.current, event.key)) event.preventDefault();
        }}
      >
        <canvas ref={canvas} />
      </div>
      {hovered !== undefined && <HoverTitle dots={dots} hovered={hovered} />}
      <MapTools
        tool={tool}
        onTool={setTool}
        onZoom={(larger) => map.current?.zoomBy(larger ? ZOOM : 1 / ZOOM)}
        onShowAll={() => map.current?.showAll()}
      />
      {picked !== undefined && (
        <MapCard dots={dots} at={picked} selection={selection} onClose={() => setPicked(undefined)} />
      )}
    </div>
  );
}

/** Whether the key means something to the map. */
function steer(map: MapCanvas | undefined, key: string): boolean {
  const steps: Record<string, () => void> = {
    ArrowLeft: () => map?.moveBy(-STEP, 0),
    ArrowRight: () => map?.moveBy(STEP, 0),
    ArrowUp: () => map?.moveBy(0, -STEP),
    ArrowDown: () => map?.moveBy(0, STEP),
    "+": () => map?.zoomBy(ZOOM),
    "=": () => map?.zoomBy(ZOOM),
    "-": () => map?.zoomBy(1 / ZOOM),
    "0": () => map?.showAll(),
  };
  steps[key]?.();
  return key in steps;
}

function HoverTitle({ dots, hovered }: { readonly dots: Dots; readonly hovered: Pointed }) {
  const { at, x, y } = hovered;
  const year = dots.years[at];
  return (
    <div className="map-hover" style={{ left: x, top: y }} aria-hidden>
      {dots.titles[at]}
      {typeof year === "number" && <span> {year}</span>}
    </div>
  );
}

/** The canvas' own half; its listeners may change, the canvas stays. */
function useMapCanvas(dots: Dots, listeners: ConstructorParameters<typeof MapCanvas>[2]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<MapCanvas>(undefined);
  const latest = useRef(listeners);
  latest.current = listeners;
  useEffect(() => {
    if (canvas.current === null) return;
    const made = new MapCanvas(canvas.current, dots, {
      onPoint: (pointed) => latest.current.onPoint(pointed),
      onPick: (at, add) => latest.current.onPick(at, add),
      onLasso: (inside, add) => latest.current.onLasso(inside, add),
    });
    map.current = made;
    return () => made.close();
  }, [dots]);
  return { canvas, map };
}
