import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

/** Whether this user may mount a disk in memory. */
export const canMount = tryMount();

/** A folder on a disk of its own of so many MiB, gone when the test has finished. */
export function smallDisk(mebibytes: number): string {
  const folder = temporaryFolder();
  mount(folder, mebibytes);
  onTestFinished(() => unmount(folder));
  return folder;
}

/** Fills what is free but for so many bytes, with a file that can be removed. @returns the file */
export function fill(folder: string, leave = 0): string {
  const file = path.join(folder, "filler");
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
  return file;
}

function mount(folder: string, mebibytes: number): boolean {
  return run("mount", "-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", folder);
}

/** Even while a process that is about to end has it open. */
function unmount(folder: string): void {
  run("umount", "--lazy", folder);
}

function run(program: string, ...argv: readonly string[]): boolean {
  return spawnSync(program, argv).status === 0;
}

function tryMount(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-disk-"));
  const done = mount(folder, 1);
  if (done) unmount(folder);
  rmdirSync(folder);
  return done;
}
