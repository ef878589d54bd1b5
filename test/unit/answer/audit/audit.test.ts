import { describe, expect, it } from "vitest";
import { auditAnswer } from "../../../../src/answer/audit/audit.ts";
import { saysNothing } from "../../../../src/answer/audit/audited-sentence.ts";
import { CitationStream } from "../../../../src/answer/citation-stream/citation-stream.ts";
import { isVerbatim, makeCitation } from "../../../../src/answer/citations.ts";
import { ClaimSupport } from "../../../../src/claim/claim-support.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { realEmbedder } from "../../../support/real-embedder.ts";

const PAPERS = [
  makePaper({
    title: "HeadCut: Pruning Attention Heads",
    abstract:
      "Transformers have many attention heads. HeadCut prunes two thirds of the heads. Accuracy drops by 0.4% only.",
  }).paper,
  makePaper({
    title: "Baking Bread",
    abstract: "Sourdough bread rises overnight in a cool place. Its crust needs steam in the oven.",
  }).paper,
];
const paperOf = (id: string) => PAPERS.find((paper) => paper.id === id) ?? raise(id);

function raise(id: string): never {
  throw new Error(`no paper ${id}`);
}

/** What a model says, through the stream and the audit; [1] is the first paper, [2] the second. */
async function audit(said: string) {
  const stream = new CitationStream(new Set([1, 2]));
  const pieces = [stream.push(said), stream.end()];
  const text = pieces.map((piece) => piece.text).join("");
  const support = new ClaimSupport(await realEmbedder(), () => 1);
  const citations = pieces
    .flatMap(({ notes }) => notes)
    .map(({ marker, claim }, at) => {
      const paper = PAPERS[marker - 1] ?? raise(String(marker));
      const note = { id: `m-${at}`, marker, support: "weak", field: "abstract", claim } as const;
      return makeCitation({ ...note, quoted: { start: 0, end: paper.abstract.indexOf(".") + 1 } }, paper);
    });
  const result = await auditAnswer({ text, citations, paperOf, support });
  const show = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  return {
    ...result,
    text,
    unsupported: result.unsupported.map(show),
    claims: result.citations.map(({ claim }) => show(claim)),
  };
}

describe("auditAnswer", () => {
  it("finds claims that their source states", async () => {
    const { citations, unsupported, saysNothing } = await audit(
      "HeadCut prunes two thirds of the attention heads [1]. Sourdough bread rises overnight. [2]",
    );
    expect(citations.map(({ support }) => support)).toEqual(["strong", "strong"]);
    expect(unsupported).toEqual([]);
    expect(saysNothing).toBe(false);
  });

  it("lists what the cited source does not carry", async () => {
    const { citations, unsupported } = await audit(
      "HeadCut prunes two thirds of the heads [1]. Accuracy drops by 7% only [1]. Sourdough bread rises overnight [1].",
    );
    expect(citations.map(({ support }) => support)).toEqual(["strong", "weak", "weak"]);
    expect(unsupported).toEqual(["Accuracy drops by 7% only [1].", "Sourdough bread rises overnight [1]."]);
  });

  it("is content when one of two sources carries the claim", async () => {
    const { citations, unsupported } = await audit("Sourdough bread rises overnight [1][2].");
    expect(citations.map(({ support }) => support)).toEqual(["weak", "strong"]);
    expect(unsupported).toEqual([]);
  });

  it("judges by its clauses a sentence that says of each paper another thing", async () => {
    const { citations, unsupported } = await audit(
      "HeadCut prunes two thirds of the heads, while sourdough bread rises overnight, and Napoleon left Moscow in winter [1][2].",
    );
    expect(citations.map(({ support }) => support)).toEqual(["strong", "strong"]);
    expect(unsupported).toEqual(["Napoleon left Moscow in winter"]);
  });

  it("lists the part of a sentence that is not carried", async () => {
    const { unsupported } = await audit(
      "HeadCut prunes two thirds of the attention heads [1], and Napoleon retreated from Moscow in winter [2].",
    );
    expect(unsupported).toEqual(["and Napoleon retreated from Moscow in winter"]);
  });

  it("lists a factual sentence without a note, unless a cited source carries it", async () => {
    const { unsupported } = await audit(
      "# Pruning attention heads fast\n\nHeadCut prunes two thirds of the heads [1]. Accuracy drops by only 0.4%. The Moon orbits the Earth every month.",
    );
    expect(unsupported).toEqual(["The Moon orbits the Earth every month."]);
  });

  it("does not take headings, questions, lead-ins and the answer's own words for claims", async () => {
    const { unsupported } = await audit(
      "## Results of pruning attention heads\n\nHere is what the papers say about pruning:\n\n" +
        "- HeadCut prunes two thirds of the heads [1]\n\nIn short. Does pruning attention heads always work?\n" +
        "The sources describe several approaches. I hope this helps you with your research!\n\n```\nfast code here now\n```",
    );
    expect(unsupported).toEqual([]);
  });

  it("puts a note that heads its sentence on it, and quotes what fits", async () => {
    const { citations, claims, text } = await audit(
      "- [1] Accuracy drops by 0.4% only.\n- [2] The crust needs steam.",
    );
    expect(text).toBe("- [1] Accuracy drops by 0.4% only.\n- [2] The crust needs steam.");
    expect(claims).toEqual(["Accuracy drops by 0.4% only.", "The crust needs steam."]);
    expect(citations.map(({ quote }) => quote)).toEqual([
      "Accuracy drops by 0.4% only.",
      "Its crust needs steam in the oven.",
    ]);
    expect(citations.every((citation) => isVerbatim(citation, paperOf(citation.paperId)))).toBe(true);
  });

  it("knows an answer whose point is that the sources do not say", async () => {
    expect((await audit("The sources do not say who invented sourdough.")).saysNothing).toBe(true);
    expect((await audit("The sources [1][2] do not mention Napoleon.")).saysNothing).toBe(true);
    expect(
      (await audit("HeadCut prunes two thirds of the heads [1]. The sources do not say why.")).saysNothing,
    ).toBe(false);
    expect(
      (await audit("The sources do not give its price. HeadCut prunes two thirds of the heads [1]."))
        .saysNothing,
    ).toBe(false);
    expect(
      (
        await audit(
          "The Moon orbits the Earth. Mars orbits the Sun. Venus too orbits the Sun. The sources do not say why.",
        )
      ).saysNothing,
    ).toBe(false);
    expect((await audit("")).saysNothing).toBe(false);
  });

  it("does not list a denial as unsupported", async () => {
    expect((await audit("The sources do not say who invented sourdough [2].")).unsupported).toEqual([]);
  });
});

describe("saysNothing", () => {
  it.each([
    "The sources do not say.",
    "The provided abstracts don't mention the cost of training.",
    "None of the papers addresses this question.",
    "No source discusses the price of eggs.",
    "This is not mentioned in the sources.",
    "This question cannot be answered from the provided sources.",
    "I couldn’t find an answer to this in the given context.",
    "There is no information about that.",
    "The sources contain no information on Napoleon.",
    "I do not have enough information to answer.",
    "Based on the sources provided, I cannot determine the exact number.",
  ])("hears it in %j", (text) => expect(saysNothing(text)).toBe(true));

  it.each([
    "Existing papers do not address long contexts.",
    "Pruning does not improve accuracy.",
    "The model does not contain attention layers.",
    "The abstract describes a model that gives no gradient.",
    "It cannot answer questions.",
    "The sources say that heads can be pruned.",
    "The papers report that BERT does not learn syntax.",
  ])("does not hear it in %j", (text) => expect(saysNothing(text)).toBe(false));
});
