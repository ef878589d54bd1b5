import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, lchownSync, readdirSync } from "node:fs";
import path from "node:path";

/** `nobody` on every Linux. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const BECOME = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];

/** Whether a process can be run that rights on files mean something to: root reads whatever it likes. */
export const canBeRefused = process.platform !== "win32" && (!isRoot || canBecome());

/** Gives `folder` to an ordinary user. @returns what to put before a command to run it as that one */
export function asOrdinaryUser(folder: string): readonly string[] {
  if (!isRoot) return [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    lchownSync(path.join(folder, name), NOBODY, NOBODY);
  chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o700);
  return BECOME;
}

function canBecome(): boolean {
  const [program = "", ...argv] = [...BECOME, "test", "-r", "package.json"];
  return spawnSync(program, argv).status === 0;
}
