import type { Family, Labels, Sample } from "./family.ts";

/** Content-Type of what `expose` writes. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Families as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function expose(families: readonly Family[]): string {
  return families.map(familyText).join("");
}

function familyText(family: Family): string {
  const { name, help, type } = family;
  const samples = [...family.samples()].map((sample) => sampleText(name, sample));
  return [`# HELP ${name} ${help}\n`, `# TYPE ${name} ${type}\n`, ...samples].join("");
}

function sampleText(name: string, { suffix = "", labels = {}, value }: Sample): string {
  return `${name}${suffix}${labelsText(labels)} ${value === Number.POSITIVE_INFINITY ? "+Inf" : value}\n`;
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
