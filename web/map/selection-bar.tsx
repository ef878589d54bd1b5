import { MAX_SCOPE_PAPERS } from "../../src/protocol/limits.ts";
import { askAbout } from "../state/scope.ts";
import type { Dots } from "./dots.ts";
import { groupName } from "./group-name.ts";
import type { Selection } from "./use-selection.ts";

/** How many papers are selected, and what can be done with them. */
export function SelectionBar({ dots, selection }: { readonly dots: Dots; readonly selection: Selection }) {
  const count = selection.dots.size;
  const tooMany = count > MAX_SCOPE_PAPERS;
  return (
    <div className="map-selection">
      <p role="status">{sayHowMany(count)}</p>
      {count > 0 && (
        <>
          <button
            type="button"
            className="button primary"
            disabled={tooMany}
            onClick={() => ask(dots, selection)}
          >
            {count === 1 ? "Ask about this paper" : `Ask about these ${count} papers`}
          </button>
          <button type="button" className="button" onClick={() => selection.replace([])}>
            Clear
          </button>
        </>
      )}
    </div>
  );
}

function sayHowMany(count: number): string {
  if (count === 0) return "Draw a lasso around papers, or tick groups of them, to ask about these alone.";
  const papers = count === 1 ? "1 paper" : `${count.toLocaleString("en")} papers`;
  if (count <= MAX_SCOPE_PAPERS) return `${papers} selected`;
  return `${papers} selected. A question can be about ${MAX_SCOPE_PAPERS} papers at most: select fewer.`;
}

function ask(dots: Dots, { dots: selected }: Selection): void {
  const papers = [...selected].map((at) => ({ id: dots.ids[at] ?? "", title: dots.titles[at] ?? "" }));
  if (papers.length === 1) askAbout({ papers });
  else askAbout({ papers, label: nameOf(dots, selected) });
}

/** The name of the group that it is exactly, or else how many it is. */
function nameOf(dots: Dots, selected: ReadonlySet<number>): string {
  const [first = 0] = selected;
  const group = dots.groupOf[first] ?? 0;
  const { terms = [], papers } = dots.groups[group] ?? {};
  const isGroup = papers === selected.size && [...selected].every((at) => dots.groupOf[at] === group);
  return (isGroup && groupName(terms)) || `${selected.size} papers from the map`;
}
