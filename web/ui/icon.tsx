/** Drawn on a grid of 24 with a line of 1.75. */
const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h10",
  sidebar: "M4 5h16v14H4zM10 5v14",
  plus: "M12 5v14M5 12h14",
  search: "m20 20-4.2-4.2M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M8 8h8v8H8z",
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  again: "M20 12a8 8 0 1 1-2.4-5.7M20 4v4h-4",
  pencil: "m4 20 1-4L16.5 4.5a2 2 0 0 1 3 3L8 19z",
  up: "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.5 1 2 3l-.6 3H19a1.6 1.6 0 0 1 1.5 2l-1.7 6.4A2 2 0 0 1 17 20H7",
  down: "M17 13V4h3v9zM17 13l-4 7c-1.5 0-2.5-1-2-3l.6-3H5a1.6 1.6 0 0 1-1.5-2l1.7-6.4A2 2 0 0 1 7 4h10",
  close: "m6 6 12 12M18 6 6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  export: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 20h14",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  out: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  left: "m14 6-6 6 6 6",
  right: "m10 6 6 6-6 6",
  downward: "M12 5v14M6 13l6 6 6-6",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  moon: "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5",
  system: "M4 5h16v11H4zM9 20h6M12 16v4",
  keyboard: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  chat: "M5 5h14v11H11l-4 4v-4H5z",
  papers: "M7 3h8l4 4v14H7zM15 3v4h4M10 12h6M10 16h6",
  map: "M6 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M17 11a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M9 19a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M18 19a1 1 0 1 0 0-2 1 1 0 0 0 0 2M11 11h.01M13 5h.01M5 13h.01",
  leave: "M14 4H5v16h9M10 12h10M16 8l4 4-4 4",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
