import { type FocusEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { Citation } from "../../src/protocol.ts";
import { useStore } from "../state/store.ts";
import { openNote, openSource } from "./open-source.ts";

/** Milliseconds: a pointer that only passes opens nothing, and one that crosses the gap to the card keeps it open. */
const OPEN_MS = 90;
const CLOSE_MS = 160;

interface Shown {
  readonly text: string;
  readonly citations: readonly Citation[];
}

/**
 * The behaviour of the chips within one answer, from one place: any number of chips costs nothing. A chip is a button
 * with `data-note`, the words of its claim are spans with `data-claim`.
 */
export function useNotes(shown: Shown) {
  const [note, setNote] = useState<Citation>();
  const anchor = useRef<HTMLElement>(null);
  const root = useRef<HTMLDivElement>(null);
  /** The note whose source is open stays lit while no other is looked at. */
  const opened = useStore(openSource)?.note?.id;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const after = (ms: number, work: () => void): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(work, ms);
  };
  const show = (chip: HTMLElement): void => {
    anchor.current = chip;
    setNote(shown.citations.find(({ id }) => id === chip.dataset.note));
  };
  const close = (): void => {
    clearTimeout(timer.current);
    setNote(undefined);
  };

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const lit = note?.id ?? opened;
    if (lit === undefined || root.current === null) return;
    const claims = root.current.querySelectorAll(`[data-claim~="${CSS.escape(lit)}"]`);
    const chips = root.current.querySelectorAll(`[data-note="${CSS.escape(opened ?? "")}"]`);
    for (const claim of claims) claim.setAttribute("data-lit", "");
    for (const chip of chips) chip.setAttribute("data-opened", "");
    return () => {
      for (const claim of claims) claim.removeAttribute("data-lit");
      for (const chip of chips) chip.removeAttribute("data-opened");
    };
  }, [note, opened]);

  return {
    root,
    card: {
      note,
      anchor,
      onClose: close,
      onHover: (over: boolean) => (over ? clearTimeout(timer.current) : after(CLOSE_MS, close)),
    },
    open: (one: Citation) => {
      close();
      openNote(one, shown);
    },
    handlers: {
      onPointerOver: (event: PointerEvent) => {
        const chip = chipOf(event);
        if (chip !== undefined && event.pointerType === "mouse") after(OPEN_MS, () => show(chip));
      },
      onPointerOut: (event: PointerEvent) => {
        if (chipOf(event) !== undefined && event.pointerType === "mouse") after(CLOSE_MS, close);
      },
      onFocus: (event: FocusEvent) => {
        const chip = chipOf(event);
        if (chip?.matches(":focus-visible")) show(chip);
      },
      onBlur: (event: FocusEvent) => {
        if (chipOf(event) !== undefined) after(CLOSE_MS, close);
      },
      onClick: (event: MouseEvent) => {
        const chip = chipOf(event);
        const chosen = shown.citations.find(({ id }) => id === chip?.dataset.note);
        if (chosen === undefined) return;
        close();
        openNote(chosen, shown);
      },
    },
  };
}

function chipOf({ target }: { target: EventTarget }): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>("[data-note]")) || undefined;
}
