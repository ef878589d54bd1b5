import { describe, expect, it } from "vitest";
import { nameOf, scopedPapersOf, scopeOf } from "../../../../web/state/scoped-papers.ts";
import { sampleAnswer } from "../../../support/sample-answer.ts";

const answer = sampleAnswer("m", "c", "Why?");
const shown = answer.sources[0]!.paper;

describe("the papers that a stored answer was asked of", () => {
  it("are asked again as they were, the title known where it was shown", () => {
    const scope = { paperIds: [shown.id, "unseen"] };
    const scoped = scopedPapersOf({ ...answer, scope });
    expect(scopeOf(scoped)).toEqual(scope);
    expect(scoped?.papers).toEqual([
      { id: shown.id, title: shown.title },
      { id: "unseen", title: "unseen" },
    ]);
    expect(nameOf(scopedPapersOf({ ...answer, scope: { paperIds: [shown.id] } })!)).toBe(shown.title);
  });

  it("bind no further question where they were read out of this one", () => {
    expect(scopedPapersOf({ ...answer, scope: { paperIds: [shown.id] }, scopeRead: true })).toBeUndefined();
  });

  it.each([undefined, {}, { paperIds: [] }, { corpus: "seeds" }])("are all of them: %j", (scope) => {
    const { scope: _, ...rest } = answer;
    expect(scopedPapersOf(scope === undefined ? rest : { ...rest, scope })).toBeUndefined();
  });
});
