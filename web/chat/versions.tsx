import { IconButton } from "../ui/icon-button.tsx";

interface Props {
  /** Ids, oldest first. */
  readonly all: readonly string[];
  readonly shown: string;
  /** "question" or "answer" */
  readonly what: string;
  readonly onChoose: (id: string) => void;
}

/** "2 / 3", and the way to the versions before and after. */
export function Versions({ all, shown, what, onChoose }: Props) {
  if (all.length < 2) return null;
  const at = all.indexOf(shown);
  const go = (to: number) => {
    const id = all[to];
    if (id !== undefined) onChoose(id);
  };
  return (
    <fieldset className="versions">
      <legend className="visually-hidden">Versions of this {what}</legend>
      <IconButton icon="left" label={`Previous ${what}`} disabled={at <= 0} onClick={() => go(at - 1)} />
      <span>
        {at + 1} / {all.length}
      </span>
      <IconButton
        icon="right"
        label={`Next ${what}`}
        disabled={at >= all.length - 1}
        onClick={() => go(at + 1)}
      />
    </fieldset>
  );
}
