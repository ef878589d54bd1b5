import * as Popover from "@radix-ui/react-popover";
import { type KeyboardEvent, useState } from "react";
import { Icon, type IconName } from "./icon.tsx";

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly run: () => void;
}

interface Props {
  readonly icon: IconName;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly className?: string;
}

/** A button that opens a short list of commands; the arrow keys move in it. */
export function Menu({ icon, label, items, className = "" }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={`icon-button ${className}`} aria-label={label} title={label}>
        <Icon name={icon} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onKeyDown={moveFocus}
        >
          {items.map(({ label: text, icon: sign, run }) => (
            <button
              type="button"
              key={text}
              onClick={() => {
                setOpen(false);
                run();
              }}
            >
              {sign === undefined ? null : <Icon name={sign} />}
              {text}
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
