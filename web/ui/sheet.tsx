import { type ReactNode, useEffect, useRef } from "react";
import { giveBackFocus } from "./give-back-focus.ts";

interface Props {
  readonly label: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A modal sheet: the browser's own dialog, which keeps the focus, closes with Escape and makes the rest of the page
 * inert. (Radix' dialog locks scrolling with a style element, which the content security policy forbids.)
 */
export function Sheet({ label, className = "", onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const giveBack = giveBackFocus();
    dialog.current?.showModal();
    // Not its first button, whose tooltip would take the first Escape.
    dialog.current?.focus();
    return giveBack;
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`sheet ${className}`}
      aria-label={label}
      tabIndex={-1}
      onClose={onClose}
      onPointerDown={(event) => {
        // The backdrop is part of the dialog; what it holds stands in its first child.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}
