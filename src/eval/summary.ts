import { FIGURES, type FigureKind } from "./figures.ts";
import { groups, halvesOf } from "./groups.ts";
import type { Result } from "./result.ts";

interface GroupFigures {
  /** Questions. */
  readonly n: number;
  /** By name; one that no question of the group has is absent. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface GroupSummary extends GroupFigures {
  /** Of every second question of each type, and of the others. */
  readonly halves?: readonly [GroupFigures, GroupFigures];
}

/** Every figure of every group, in the order of the questions. */
export function summarize(results: readonly Result[], withHalves: boolean): Map<string, GroupSummary> {
  const [even, odd] = halvesOf(results).map(figuresOf);
  const whole = [...figuresOf(results)];
  if (!withHalves) return new Map(whole);
  return new Map(
    whole.map(([name, group]) => [name, { ...group, halves: [half(even, name), half(odd, name)] }]),
  );
}

/** A group of one question has nothing in its second half. */
function half(of: Map<string, GroupFigures> | undefined, name: string): GroupFigures {
  return of?.get(name) ?? { n: 0, figures: {} };
}

function figuresOf(results: readonly Result[]): Map<string, GroupFigures> {
  const of = (group: readonly Result[]): GroupFigures => {
    const figures: Record<string, number> = {};
    for (const [name, figure] of FIGURES) {
      const value = figure.of(group);
      if (value !== undefined) figures[name] = value;
    }
    return { n: group.length, figures };
  };
  return new Map([...groups(results)].map(([name, group]) => [name, of(group)]));
}

type Section = FigureKind["section"];

/** A table for people: one a section, a row a group (and its halves), a column a figure. */
export function report(summary: ReadonlyMap<string, GroupSummary>): string {
  const sections = new Set([...FIGURES.values()].map(({ section }) => section));
  return [...sections].map((section) => table(section, summary)).join("\n");
}

function table(section: Section, summary: ReadonlyMap<string, GroupSummary>): string {
  const given = [...summary.values()].map(({ figures }) => figures);
  const columns = [...FIGURES.keys()].filter(
    (name) => FIGURES.get(name)?.section === section && given.some((figures) => name in figures),
  );
  if (columns.length === 0) return "";
  const rows = [...summary].flatMap(([name, group]) => rowsOf(name, group, columns));
  const width = Math.max(section.length, ...rows.map(([name]) => name.length));
  const wide = columns.map((name) => Math.max(name.length, 6));
  const line = (cells: readonly string[], first: string) =>
    `${first.padEnd(width)}  ${cells.map((cell, at) => cell.padStart(at === 0 ? 5 : (wide[at - 1] ?? 0))).join("  ")}\n`;
  return [line(["n", ...columns], section), ...rows.map(([name, cells]) => line(cells, name))].join("");
}

type Row = [name: string, cells: string[]];

function rowsOf(name: string, { halves, ...whole }: GroupSummary, columns: readonly string[]): Row[] {
  if (!columns.some((column) => column in whole.figures)) return [];
  const cells = ({ n, figures }: GroupFigures): string[] => [
    String(n),
    ...columns.map((column) => cell(column, figures[column])),
  ];
  const parts = (halves ?? []).map((half, at): Row => [at === 0 ? "  even" : "  odd", cells(half)]);
  return [[name, cells(whole)], ...parts];
}

function cell(name: string, value: number | undefined): string {
  if (value === undefined) return "–";
  return value.toFixed(FIGURES.get(name)?.section === "time" ? 1 : 3);
}
