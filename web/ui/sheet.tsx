import { type ReactNode, useEffect, useRef } from "react";

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
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`sheet ${className}`}
      aria-label={label}
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
