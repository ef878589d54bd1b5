import { askAbout } from "../state/scope.ts";

export function PaperView({ id }: { readonly id: string }) {
  return (
    <button type="button" onClick={() => askAbout({ papers: [{ id, title: id }] })}>
      Ask about this paper
    </button>
  );
}
