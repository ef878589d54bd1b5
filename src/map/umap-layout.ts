/** Layout by UMAP (McInnes, Healy & Melville 2018, arXiv:1802.03426), by umap-js. */
import { UMAP } from "umap-js";
import type { Layout, Point } from "./layout.ts";

/** UMAP's unit of the plane that neighbours keep from each other: more than its 0.1, so that dots stay apart. */
const MINIMUM_DISTANCE = 0.25;
/** Units of the plane that the initial places spread over to each side, as UMAP's own do. */
const INITIAL_EXTENT = 10;
/** Epochs between two pauses: some 0.1 s with 5,000 points. */
const EPOCHS_A_PAUSE = 10;

/** umap-js starts from places at random: it is given its neighbours and its start, and does the rest. */
export const umapLayout: Layout = async ({ neighbours, initial, random, pause }) => {
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: neighbours[0]?.rows.length ?? 0,
    minDist: MINIMUM_DISTANCE,
    random,
  });
  umap.setPrecomputedKNN(
    neighbours.map(({ rows }) => [...rows]),
    neighbours.map(({ distances }) => [...distances]),
  );
  // Of the vectors themselves it takes no more than their number, once it is told their neighbours.
  const epochs = umap.initializeFit(neighbours.map(() => []));
  // These are the rows that it moves.
  const places = umap.getEmbedding();
  const extent = Math.max(...initial.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y)))) || 1;
  for (const [at, place] of places.entries()) {
    const [x = 0, y = 0] = initial[at] ?? [];
    // Points on one spot would push each other the same way for ever.
    place[0] = (x / extent) * INITIAL_EXTENT + random() * 1e-2;
    place[1] = (y / extent) * INITIAL_EXTENT + random() * 1e-2;
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (epoch % EPOCHS_A_PAUSE === 0) await pause();
    umap.step();
  }
  return umap.getEmbedding().map(([x = 0, y = 0]): Point => [x, y]);
};
