import { describe, expect, it } from "vitest";
import { comparedPapers } from "../../../src/question/names/paper-names.ts";

const PAPERS = [
  { title: "Cells for orbit", abstract: "Organic solar cells were flown in space." },
  { title: "Building upwards", abstract: "Photovoltaics in three dimensions." },
];
const compared = (question: string) => comparedPapers(question, PAPERS, () => 1)?.map(({ title }) => title);

describe("comparedPapers", () => {
  it.each([
    "organic solar cells in space vs photovoltaics in three dimensions",
    "Compare organic cells in space with photovoltaics in three dimensions.",
    "What is the difference between organic solar cells and photovoltaics in three dimensions?",
    "How do solar cells in space differ from three-dimensional photovoltaics?",
  ])("%s", (question) => expect(compared(question)).toEqual(["Cells for orbit", "Building upwards"]));

  it.each(["solar cells vs wind mills", "space vs organic cells", "How do solar cells work?"])(
    "%s: no two papers",
    (question) => expect(compared(question)).toBeUndefined(),
  );
});
