/** The additions that this page knows, for as long as it is open: their files go on being sent while other pages are shown. */
import { navigate } from "../router/navigate.ts";
import { ADD_PATH, additionPath, parseRoute } from "../router/route.ts";
import { Store } from "../state/store.ts";
import { AdditionWork, type Unsent } from "./addition-work.ts";
import type { Picked } from "./picked-files.ts";

const works = new Map<string, AdditionWork>();

/** The one that the next files make. */
export const freshWork = new Store(new AdditionWork(undefined, [], onNamed));

export function workOf(id: string): AdditionWork {
  const known = works.get(id);
  if (known !== undefined) return known;
  const work = new AdditionWork(id, recallMissing(id), onNamed);
  works.set(id, work);
  return work;
}

/** Adds to an addition; where that has begun, to a new one. */
export function take(work: AdditionWork, picked: Picked): void {
  const takesFiles = work.takesFiles;
  (takesFiles ? work : freshWork.get()).take(picked);
  if (!takesFiles) navigate(ADD_PATH);
}

/** It has its own address from now on: Back leads to where one was before. */
function onNamed(work: AdditionWork, id: string): void {
  works.set(id, work);
  if (freshWork.get() !== work) return;
  const route = parseRoute(location);
  if (route.page === "add" && route.additionId === undefined) navigate(additionPath(id), "replace");
  freshWork.set(new AdditionWork(undefined, [], onNamed));
}

const MISSING = "footnote-unsent-";

/** A page that is loaded again has lost the files, not their names. */
window.addEventListener("pagehide", ({ persisted }) => {
  for (const [id, work] of works) {
    const { missing } = work;
    if (!persisted) work.leave();
    try {
      if (missing.length > 0) sessionStorage.setItem(MISSING + id, JSON.stringify(missing));
    } catch {
      // They are not remembered.
    }
  }
});

function recallMissing(id: string): Unsent[] {
  try {
    const names = JSON.parse(sessionStorage.getItem(MISSING + id) ?? "[]") as string[];
    sessionStorage.removeItem(MISSING + id);
    return names.map((name) => ({
      name,
      reason: "The page was loaded again before it was sent: drop it again.",
    }));
  } catch {
    return [];
  }
}
