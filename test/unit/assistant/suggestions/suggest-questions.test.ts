import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  comparisonQuestions,
  definitionQuestions,
  factQuestions,
  surveyQuestions,
} from "../../../../src/assistant/suggestions/question-kinds.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { answerTo, openAssistant, testConfig } from "../../../support/open-assistant.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const paperOf = (title: string, abstract: string) => makePaper({ title, abstract }).paper;
const questions = (found: Iterable<{ question: string }>) => [...found].map(({ question }) => question);

it("asks for the meaning of what a title names and its abstract christens, as the abstract writes it", () => {
  const papers = [
    paperOf(
      "Tidal Locking of Moons",
      "Moons turn one face to us. We call this tidal locking. It takes long.",
    ),
    paperOf("Fairy Rings in Dry Grassland", "Circles of fungi, so-called fairy rings, grow each year."),
    paperOf(
      "Speech in Presence of Lombard Effect",
      "In noise we speak up, which is known as the Lombard effect.",
    ),
    paperOf(
      "A Salt Bridge between Proteins",
      "Pairs of charges are termed a salt bridge. Each is a salt bridge.",
    ),
    // A part of what is named, the name of the paper itself, a thing that is only spoken of.
    paperOf("Learning Implicit Neural Maps", "We train what is called implicit neural representations."),
    paperOf("Slow Light: An Overview", "Light that creeps is called slow light."),
    paperOf("Coral Reefs under Stress", "We count coral reefs. Our method is called Polyp."),
  ];
  expect(questions(definitionQuestions(papers))).toEqual([
    "What is tidal locking?",
    "What are fairy rings?",
    "What is Lombard effect?",
    "What is a salt bridge?",
  ]);
});

it("asks how much a named work does before it asks what papers find and propose", () => {
  const papers = [
    paperOf("Roots of Grass", "We propose a way to count roots."),
    paperOf("Bees at Night", "We show that bees fly by moonlight."),
    paperOf("DrillNet: Deep Holes", "DrillNet cuts the time of drilling by more than 40 %. We propose it."),
    paperOf("PumpX: Wells", "Old pumps reduce flow by 3 %, unlike ours. We introduce PumpX."),
    paperOf("A ".repeat(60), "We show that long titles are long."),
  ];
  expect(questions(factQuestions(papers)).slice(0, -papers.length)).toEqual([
    "By how much does DrillNet cut the time of drilling?",
    "What does “Bees at Night” find?",
    "What does “Roots of Grass” propose?",
    "What does DrillNet propose?",
    "What does PumpX propose?",
  ]);
});

it("compares the works that lie nearest, by their names where there are two", () => {
  const [a, b, c] = [paperOf("FooBar: One", "x"), paperOf("BarBaz2: Two", "x"), paperOf("QuX: Three", "x")];
  const plain = paperOf("No name", "x");
  const vectors = new Map([
    [a, [1, 0]],
    [b, [0, 1]],
    [c, [0.1, 0.99]],
    [plain, [0, 1]],
  ]);
  const vectorOf = (paper: typeof a) => new Float32Array(vectors.get(paper) ?? []);
  const [nearest] = comparisonQuestions([a, plain, b, c], vectorOf);
  expect(nearest).toEqual({ question: "How does BarBaz2 differ from QuX?", papers: [b, c] });
  expect(questions(comparisonQuestions([a, plain], vectorOf))).toEqual([
    "How does FooBar differ from “No name”?",
  ]);
  expect(comparisonQuestions([a], vectorOf)).toEqual([]);
});

it("surveys what several titles have, not what all have, nor pieces of it", () => {
  const on = (topic: string, at: number) =>
    paperOf(`Study ${at} of ${topic}`, `We look at many ${topic.toLowerCase()}s, some Lie groups.`);
  const other = Array.from({ length: 80 }, (_, at) => paperOf(`Common words: paper ${at}`, "x"));
  const papers = [
    ...[1, 2, 3].map((at) => on("Salt Marsh", at)),
    ...[1, 2, 3, 4].map((at) => on("Red Giant Star", at)),
    ...[1, 2].map((at) => on("Rare Earth", at)),
    ...other,
  ];
  expect(questions(surveyQuestions(papers))).toEqual([
    "Which papers study red giant stars?",
    "Which papers study salt marshs?",
  ]);
});

it("leaves out the kinds that a corpus has no material for", { timeout: 30_000 }, async () => {
  const folder = temporaryFolder();
  const record = {
    title: "Owls Hear Mice",
    abstract: "Owls hunt by ear. We show that owls hear mice under snow.",
  };
  writeFileSync(`${folder}/one.jsonl`, `${JSON.stringify(record)}\n`);
  const assistant = openAssistant(testConfig(folder, { SEEDS_DIR: `${folder}/one.jsonl` }));
  await assistant.start();
  const suggestions = await assistant.suggestions();
  expect(suggestions).toHaveLength(1);
  expect((await answerTo(assistant, suggestions[0] ?? "")).confidence).toBe("high");
});
