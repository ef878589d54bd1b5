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
      ["n", "New conversation"],
      ["s", "Search the conversations"],
      ["] [", "Next note, note before"],
      ["?", "This sheet"],
    ],
  },
  {
    name: "While writing",
    keys: [
      ["Enter", "Ask"],
      ["Shift Enter", "Break the line"],
      ["↑", "The last question, where the field is empty"],
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
      ["+ -", "Larger, smaller"],
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
        Single keys are shortcuts
      </label>
    </Sheet>
  );
}
