import fc from "fast-check";
import { expect, it } from "vitest";
import { topIndices } from "../../../src/util/vectors.ts";

it("equals a stable full sort, for any scores and count", () => {
  const scores = fc.array(fc.constantFrom(-1, 0, 0.25, 0.5, 1), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.nat(70), (values, count) => {
      const sorted = values.map((_, at) => at).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
      expect(topIndices(values, count)).toEqual(sorted.slice(0, count));
    }),
  );
});
