import { shortcuts } from "../state/preferences.ts";
import { Store, useStore } from "../state/store.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Sheet } from "../ui/sheet.tsx";

export const sheetOpen = new Store(false);

const GROUPS: readonly { name: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    name: "Anywhere",
    keys: [
      ["/", "Write a question; among the papers, find one"],
      ["Ctrl K", "Search the conversations; ⌘ K on a Mac"],
      ["Ctrl B", "Fold the sidebar, or bring it back; ⌘ B on a Mac"],
      ["g n", "New conversation"],
      ["g s", "Search the conversations"],
      ["g p", "Papers"],
      ["g m", "Map"],
      ["] [", "Next or previous note"],
      ["?", "This sheet"],
    ],
  },
  {
    name: "While writing",
    keys: [
      ["Enter", "Ask"],
      ["Shift Enter", "New line"],
      ["↑", "Your last question, in an empty field"],
      ["Esc", "Stop the answer"],
    ],
  },
  {
    name: "At a note",
    keys: [
      ["Enter", "Open its source"],
      ["Esc", "Close the source"],
    ],
  },
  {
    name: "On the map",
    keys: [
      ["← ↑ ↓ →", "Move it"],
      ["+ -", "Zoom in or out"],
      ["0", "Show all of it"],
    ],
  },
];

/** What the keyboard can do, and the switch for the commands that are single keys. */
export function ShortcutsSheet() {
  const open = useStore(sheetOpen);
  const on = useStore(shortcuts.store) === "on";
  if (!open) return null;
  const close = () => sheetOpen.set(false);
  return (
    <Sheet label="Keyboard shortcuts" className="middle" onClose={close}>
      <header className="sheet-head">
        <h2>Keyboard shortcuts</h2>
        <IconButton icon="close" label="Close" onClick={close} />
      </header>
      {GROUPS.map(({ name, keys }) => (
        <section key={name} className="keys">
          <h3>{name}</h3>
          <dl>
            {keys.map(([key, does]) => (
              <div key={does}>
                <dt>
                  {key.split(" ").map((one) => (
                    <kbd key={one}>{one}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <label className="switch">
        <input type="checkbox" checked={on} onChange={() => shortcuts.set(on ? "off" : "on")} />
        Use single keys as shortcuts
      </label>
    </Sheet>
  );
}
