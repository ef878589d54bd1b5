import type { Tool } from "./map-canvas.ts";

interface Props {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly onZoom: (larger: boolean) => void;
  readonly onShowAll: () => void;
}

export function MapTools({ tool, onTool, onZoom, onShowAll }: Props) {
  const other: Tool = tool === "lasso" ? "move" : "lasso";
  return (
    <div className="map-tools" role="toolbar" aria-label="Map">
      <button
        type="button"
        aria-pressed={tool === "lasso"}
        aria-label="Select with a lasso"
        title="Select with a lasso (or Shift and drag)"
        onClick={() => onTool(other)}
      >
        <Icon path="M5 14c-2-6 4-10 8-9s5 7 1 9-8 0-7 2-1 4-2 4" />
      </button>
      <button type="button" aria-label="Larger" title="Larger (+)" onClick={() => onZoom(true)}>
        <Icon path="M10 4v12M4 10h12" />
      </button>
      <button type="button" aria-label="Smaller" title="Smaller (−)" onClick={() => onZoom(false)}>
        <Icon path="M4 10h12" />
      </button>
      <button type="button" aria-label="Whole map" title="Whole map (0)" onClick={onShowAll}>
        <Icon path="M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4" />
      </button>
    </div>
  );
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}
