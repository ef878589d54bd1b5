import { useEffect } from "react";
import { navigate } from "../router/navigate.ts";
import { MAP_PATH, PAPERS_PATH } from "../router/route.ts";
import { startAnew } from "../state/chats.ts";
import { shortcuts } from "../state/preferences.ts";
import { sheetOpen } from "./shortcuts-sheet.tsx";
import { openSidebar, toggleSidebar } from "./sidebar-state.ts";

/** Where what is typed on a page without focus goes. */
const FIELD = "#question, #find-paper";
/** What takes keys of its own. */
const TAKES_KEYS = "input, textarea, select, dialog, .map-window, .menu";
/** Milliseconds that a g waits for what to go to; after them it was a letter. */
const WAITS_MS = 1000;

const KEYS: Readonly<Record<string, () => void>> = {
  "?": () => sheetOpen.set(true),
  "/": () => focus(FIELD),
  "]": () => stepNote(1),
  "[": () => stepNote(-1),
};

/** After a g. */
const PLACES: Readonly<Record<string, () => void>> = {
  n: () => {
    startAnew();
    focus(FIELD);
  },
  s: searchConversations,
  p: () => navigate(PAPERS_PATH),
  m: () => navigate(MAP_PATH),
};

/** With Ctrl or ⌘, also while something is written. */
const CHORDS: Readonly<Record<string, () => void>> = {
  k: searchConversations,
  b: toggleSidebar,
};

/**
 * Keys as commands. Single ones, and those after a g, hold where nothing is written; what is no command is typed into the
 * page's own field, wherever the focus is.
 */
export function useShortcuts(): void {
  useEffect(() => {
    let waits: ReturnType<typeof setTimeout> | undefined;
    const wait = (late?: () => void) => {
      clearTimeout(waits);
      waits = late && setTimeout(late, WAITS_MS);
    };
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      const wasWaiting = waits !== undefined;
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const isHeld = event.ctrlKey || event.metaKey;
      const isTaken = target instanceof Element && target.closest(TAKES_KEYS) !== null;
      if (!isHeld && (isTaken || key.length !== 1 || key === " ")) return;
      wait();
      const command = isHeld ? CHORDS[key] : commandOf(key, wasWaiting);
      if (command !== undefined) {
        event.preventDefault();
        command();
      } else if (key === "g" && !wasWaiting && !isHeld && shortcuts.store.get() === "on") {
        event.preventDefault();
        wait(() => {
          waits = undefined;
          type("g");
        });
      } else if (!isHeld) {
        // The key itself goes where the focus is by then.
        type(wasWaiting ? "g" : "");
      }
    };
    window.addEventListener("keydown", onKey);
    return () => {
      wait();
      window.removeEventListener("keydown", onKey);
    };
  }, []);
}

function commandOf(key: string, isGoing: boolean): (() => void) | undefined {
  return shortcuts.store.get() === "off" ? undefined : (isGoing ? PLACES : KEYS)[key];
}

/** Focuses the page's field, and puts `text` at its cursor. */
function type(text: string): void {
  const field = document.querySelector<HTMLTextAreaElement | HTMLInputElement>(FIELD);
  if (field === null) return;
  field.focus();
  if (text === "") return;
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function searchConversations(): void {
  openSidebar();
  focus("#find-conversation");
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
