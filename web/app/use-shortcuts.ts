import { useEffect } from "react";
import { startAnew } from "../state/chats.ts";
import { shortcuts } from "../state/preferences.ts";
import { sheetOpen } from "./shortcuts-sheet.tsx";
import { openSidebar } from "./sidebar-state.ts";

const COMMANDS: Readonly<Record<string, () => void>> = {
  "?": () => sheetOpen.set(true),
  "/": () => focus("#question, #find-paper"),
  n: () => {
    startAnew();
    focus("#question");
  },
  s: () => {
    openSidebar();
    focus("#find-conversation");
  },
  "]": () => stepNote(1),
  "[": () => stepNote(-1),
};

/** Single keys as commands: never while something is written, nor in a sheet. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      const isTaken =
        event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
      const isWriting =
        target instanceof Element && target.closest("input, textarea, select, dialog") !== null;
      const command = COMMANDS[key];
      if (isTaken || isWriting || command === undefined || shortcuts.store.get() === "off") return;
      event.preventDefault();
      command();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** What a command has only just opened is there with the next frame. */
function focus(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

function stepNote(step: number): void {
  const chips = [...document.querySelectorAll<HTMLElement>("[data-note]")];
  const at = chips.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (step > 0 ? 0 : chips.length - 1) : at + step;
  chips[next]?.focus();
}
