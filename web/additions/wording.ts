/** What the page says of an addition. */
import type { Addition, AdditionReport } from "../../src/protocol.ts";

type Progress = NonNullable<Addition["progress"]>;

const number = (value: number): string => value.toLocaleString("en");

/** `1 file`, `12 files`. */
export const counted = (value: number, what: string): string =>
  `${number(value)} ${what}${value === 1 ? "" : "s"}`;

/** What it would change, or has changed. */
export function sayCounts(report: AdditionReport, tense: "future" | "past"): string {
  const { added, updated, removed, known = 0, duplicates, problemCount } = report;
  const parts = [
    [added, tense === "future" ? "new" : "added"],
    [updated, "changed"],
    [removed, "merged into others"],
    [known, "already here"],
    [duplicates, duplicates === 1 ? "duplicate merged" : "duplicates merged"],
    [problemCount, "could not be used"],
  ] as const;
  return parts
    .filter(([count], at) => at === 0 || count > 0)
    .map(([count, what]) => `${number(count)} ${what}`)
    .join(", ");
}

export const changesNothing = ({ added, updated, removed }: AdditionReport): boolean =>
  added + updated + removed === 0;

const STAGES: Record<Progress["stage"], string> = {
  reading: "Reading the files",
  embedding: "Making the papers findable",
  writing: "Writing the index",
};

/** What runs, without figures: it is read out when it changes. */
export function sayStage({ state, progress, report }: Addition): string {
  // What is done already and runs again is being undone.
  if (state === "ingesting" && report !== undefined) return "Taking it back";
  return STAGES[progress?.stage ?? "reading"];
}

/** How far it is: `1,200 of 4,000 papers, about 2 minutes left`. */
export function sayProgress({ stage, done, total, leftMs }: Progress): string {
  const far =
    stage === "reading"
      ? `${megabytes(done)} of ${megabytes(total)} MB`
      : `${number(done)} of ${counted(total, "paper")}`;
  return leftMs === undefined ? far : `${far}, ${sayTimeLeft(leftMs)}`;
}

export function sayTimeLeft(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "less than a minute left";
  if (minutes === 1) return "about a minute left";
  if (minutes < 60) return `about ${minutes} minutes left`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? "about an hour left" : `about ${hours} hours left`;
}

export function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toLocaleString("en", { maximumFractionDigits: 1 });
}

/** One of those that were added lately, in a line. */
export function sayOutcome({ state, files, report, preview }: Addition): string {
  switch (state) {
    case "done":
      return report === undefined ? "Added" : sayCounts(report, "past");
    case "undone":
      return "Taken back";
    case "cancelled":
      return "Cancelled";
    case "failed":
      return "Failed";
    case "reading":
    case "ingesting":
      return "Being added";
    case "open":
    case "previewed":
      return `Not added yet: ${preview === undefined ? counted(files.length, "file") : sayCounts(preview, "future")}`;
  }
}
