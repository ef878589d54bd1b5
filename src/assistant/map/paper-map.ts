import type { MapGroup, MapResponse, Paper } from "../../protocol.ts";
import type { Generation } from "../../store/index-store.ts";
import type { DrawnMap, MapRequest } from "./draw-map.ts";

/** What the map of a generation is drawn from: the vectors of whole papers, in corpus order. */
export function mapRequest({ catalog, vectors }: Generation): MapRequest {
  const papers = catalog.all();
  const positions = new Map(papers.map(({ id }, position) => [id, position]));
  const columns = vectors.dimension;
  const values = new Float32Array(papers.length * columns);
  for (const [at, { kind, paperId }] of vectors.items.entries()) {
    const position = positions.get(paperId);
    if (kind === "paper" && position !== undefined) values.set(vectors.vector(at), position * columns);
  }
  return { vectors: { rows: papers.length, columns, values }, titles: papers.map(({ title }) => title) };
}

/** The map as clients get it. */
export function paperMap(papers: readonly Paper[], { places, groups, terms }: DrawnMap): MapResponse {
  const sums = terms.map(() => ({ x: 0, y: 0, papers: 0 }));
  const dots = papers.map(({ id, title, year }, at): MapResponse["papers"][number] => {
    const [x = 0, y = 0] = places[at] ?? [];
    const group = groups[at] ?? 0;
    const sum = sums[group];
    if (sum !== undefined) {
      sum.x += x;
      sum.y += y;
      sum.papers += 1;
    }
    return [id, x, y, group, title, year ?? null];
  });
  const middles = sums.map(
    ({ x, y, papers: count }, group): MapGroup => ({
      terms: [...(terms[group] ?? [])],
      x: x / count,
      y: y / count,
      papers: count,
    }),
  );
  return { papers: dots, groups: middles };
}
