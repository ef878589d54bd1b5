/** Who holds the writer lock, as its file says, and whether that process still lives. */
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod";

export const Holder = z.object({
  host: z.string(),
  pid: z.int(),
  /** ISO date, for people: nothing is decided by it. */
  since: z.string(),
  /** Where `pid` and `started` name one process; absent where that cannot be told. */
  space: z.string().optional(),
  /** Clock ticks from boot to the start of the process, so that a pid that is used again is not taken for it. */
  started: z.string().optional(),
});
export type Holder = z.infer<typeof Holder>;

/** This process, as a holder from `now` on. */
export async function thisProcess(now: Date): Promise<Holder> {
  const [space, stat] = await Promise.all([processSpace(), processStat("self")]);
  return {
    host: hostname(),
    pid: process.pid,
    since: now.toISOString(),
    ...(space === undefined ? {} : { space }),
    ...(stat === undefined ? {} : { started: stat.started }),
  };
}

/** `unknown`: on another machine, in another container, or on a system that does not tell. */
export async function lifeOf(holder: Holder): Promise<"alive" | "dead" | "unknown"> {
  if (holder.space === undefined || holder.space !== (await processSpace())) return "unknown";
  if (!hasProcess(holder.pid)) return "dead";
  const stat = await processStat(holder.pid);
  if (stat === undefined || holder.started === undefined) return "unknown";
  return stat.ended || stat.started !== holder.started ? "dead" : "alive";
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * On Linux one boot of one kernel and one pid namespace: two containers may share a host name, and every first
 * process of a container has pid 1. Elsewhere the host name. Undefined when /proc shows the pids of another namespace.
 */
async function processSpace(): Promise<string | undefined> {
  if (process.platform !== "linux") return hostname();
  try {
    const [boot, namespace, self] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readlink("/proc/self/ns/pid"),
      readlink("/proc/self"),
    ]);
    return Number(self) === process.pid ? `${boot.trim()} ${namespace}` : undefined;
  } catch {
    return undefined;
  }
}

/** From /proc/<pid>/stat, proc(5): fields 3 (state) and 22 (start time). Undefined where it cannot be read. */
async function processStat(pid: number | "self"): Promise<{ ended: boolean; started: string } | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    // Field 2, the command in brackets, may hold spaces and brackets itself.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state = "", started = ""] = [fields[0], fields[19]];
    // Z and X: killed, and only waiting for its parent to notice.
    return started === "" ? undefined : { ended: /[ZX]/.test(state), started };
  } catch {
    return undefined;
  }
}
