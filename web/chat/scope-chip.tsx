import { type ScopedPapers, scope } from "../state/scope.ts";
import { IconButton } from "../ui/icon-button.tsx";

/** What the next questions are about, where that is not every paper. */
export function ScopeChip({ scoped: { papers, label } }: { readonly scoped: ScopedPapers }) {
  const [first] = papers;
  const says = label ?? (papers.length === 1 ? first?.title : `${papers.length} papers`);
  return (
    <p className="scope">
      <span className="scope-text">
        Only in <strong>{says}</strong>
      </span>
      <IconButton icon="close" label="Ask all papers again" onClick={() => scope.set(undefined)} />
    </p>
  );
}
