import { notify } from "../state/notice.ts";

/** Puts text on the clipboard and says so. Pages over http from another machine have no clipboard but this old way. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) return notify(`This browser does not let the page copy ${what}.`);
  }
  notify(`Copied ${what}.`);
}
