import { describe, expect, it } from "vitest";
import { AnswerDraft } from "../../../src/assistant/asking/answer-draft.ts";
import { PaperCatalog } from "../../../src/corpus/catalog.ts";
import type { Citation } from "../../../src/protocol.ts";
import { makePaper } from "../../support/make-paper.ts";

const abstract = "Garlic lowers fever in children.";
const sound = makePaper({ title: "Garlic and fever", abstract });
const retracted = makePaper({ title: "RETRACTED: Garlic in *children*", abstract });
const withdrawn = makePaper({ title: "Garlic at night", abstract, flags: ["withdrawn"] });

function composed(papers: readonly (typeof sound)[], confidence: "high" | "tentative" = "high") {
  const request = { question: "Q?", owner: "o", messageId: "m" };
  const draft = new AnswerDraft(request, { conversationId: "c", questionId: "q" }, () => 0);
  const ranked = papers.map(({ paper }) => ({ paperId: paper.id, score: 1, passages: [] }));
  const found = { standaloneQuestion: "Q?", scope: undefined, ranked } as unknown as Parameters<
    typeof draft.retrieved
  >[0];
  draft.retrieved(found, new PaperCatalog(papers));
  const citations = papers.map(
    ({ paper }, at): Citation => ({
      id: `n${at}`,
      marker: at + 1,
      paperId: paper.id,
      paperRevision: paper.revision,
      title: paper.title,
      claim: { start: 0, end: 1 },
      field: "abstract",
      quote: abstract,
      start: 0,
      end: abstract.length,
      support: "strong",
    }),
  );
  const added = draft.compose({
    text: "It does.",
    citations,
    confidence,
    unsupported: [],
    model: "extractive",
  });
  const answer = draft.finish("extractive", false);
  return { added, text: answer.text, confidence: answer.confidence, citations: answer.citations.length };
}

describe("a paper that was retracted or withdrawn", () => {
  it("is named under the answer, and is not all that makes it certain", () => {
    const { added, text, confidence, citations } = composed([retracted]);
    expect(added).toBe("\n\nNote: *RETRACTED: Garlic in \\*children\\** has been retracted.");
    expect(text).toBe(`It does.${added}`);
    expect(confidence).toBe("tentative");
    expect(citations).toBe(1);
    expect(composed([retracted, withdrawn]).confidence).toBe("tentative");
  });

  it("is named beside a sound one, which may be certain", () => {
    const { text, confidence } = composed([sound, withdrawn]);
    expect(text).toBe("It does.\n\nNote: *Garlic at night* has been withdrawn.");
    expect(confidence).toBe("high");
  });

  it("changes nothing where it is not quoted", () => {
    expect(composed([sound])).toEqual({ added: "", text: "It does.", confidence: "high", citations: 1 });
    expect(composed([sound], "tentative").confidence).toBe("tentative");
  });
});
