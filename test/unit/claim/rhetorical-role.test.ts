import { describe, expect, it } from "vitest";
import { rolesOf } from "../../../src/claim/paper-sentences.ts";

const roles = (sentences: readonly string[]) => rolesOf(sentences).map(({ role }) => role);

describe("rolesOf", () => {
  it("tells what each sentence of an abstract does", () => {
    expect(
      roles([
        "Transformers are widely used for translation.",
        "However, their many heads are costly and it is unclear which are needed.",
        "To address this, we propose to remove heads by a learned gate.",
        "Gates are trained with a sparsity penalty.",
        "Experiments show that half of the heads can go, improving speed by 30%.",
        "Which heads matter in decoders remains open for future work.",
        "Our code is available at https://example.org/heads.",
      ]),
    ).toEqual(["problem", "problem", "approach", "approach", "findings", "limits", "links"]);
  });

  it("takes the authors' own words before the place", () => {
    expect(roles(["We introduce a gate.", "We find that half of the heads can go."])).toEqual([
      "approach",
      "findings",
    ]);
    expect(roles(["A new gate is proposed.", "It works."])[0]).toBe("approach");
  });

  it("has a role for one sentence, and none for none", () => {
    expect(roles(["Heads are heavy."])).toHaveLength(1);
    expect(roles([])).toEqual([]);
  });
});
