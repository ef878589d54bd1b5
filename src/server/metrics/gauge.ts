import type { Family, Sample } from "./family.ts";

/** A number that is read when it is asked for; undefined: there is none now. */
export function gauge(
  name: string,
  help: string,
  read: () => number | readonly Sample[] | undefined,
): Family {
  return {
    name,
    help,
    type: "gauge",
    samples: () => {
      const value = read();
      if (value === undefined) return [];
      return typeof value === "number" ? [{ value }] : value;
    },
  };
}
