/** A process that draws one map for its parent, at a low priority: anyone who asks meanwhile goes first. */
import { constants, setPriority } from "node:os";
import { setImmediate } from "node:timers/promises";
import { endWithParent } from "../util/child-process.ts";
import { drawMap, type MapRequest } from "./draw-map.ts";
import type { MapReply } from "./map-process.ts";
import { umapLayout } from "./umap-layout.ts";

try {
  // A tenth of a busy processor. The lowest gets a hundredth: on a busy machine the map would never come.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Where that is forbidden it goes on as it is.
}
endWithParent();
// Ctrl-C reaches the whole group of a terminal: the parent decides, and ends this process by itself.
process.on("SIGINT", () => undefined);
process.once("message", async (request: MapRequest) => {
  const reply = await drawMap(request, { layout: umapLayout, pause: () => setImmediate() }).then(
    (map): MapReply => ({ map }),
    (error: unknown): MapReply => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  process.send?.(reply);
});
