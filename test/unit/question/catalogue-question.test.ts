import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mentionedIds } from "../../../src/question/reading/mentions.ts";
import { readMessage } from "../../../src/question/reading/message.ts";
import { catalogueQuestion, recordQuestion } from "../../../src/question/records/catalogue-question.ts";
import { RecordNames } from "../../../src/question/records/record-names.ts";
import { makePaper } from "../../support/make-paper.ts";

const lines = (file: string) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const shore = new RecordNames(
  lines("test/fixtures/shore-papers.jsonl").map((record) => makePaper(record).paper),
);

/** What is read of a message, in short. */
function read(message: string, names = shore): string {
  const asked = catalogueQuestion(message, names);
  if (asked === undefined) return "";
  const { asks, filter, topic, question } = asked;
  const { authors, venue, yearFrom, yearTo } = filter;
  const by = authors.map(({ name, papers }) => `by ${name} ${papers.size}`);
  const at = venue === undefined ? [] : [`in ${venue.name} ${venue.papers.size}`];
  const years = yearFrom === undefined && yearTo === undefined ? [] : [`${yearFrom ?? ""}-${yearTo ?? ""}`];
  return [asks, ...by, ...at, ...years, ...(asks === "papers" ? [question] : [topic])]
    .filter((part) => part !== "")
    .join(" | ");
}

describe("catalogueQuestion", () => {
  it.each([
    ["How many papers are there?", "count"],
    ["what's the number of articles in this library", "count"],
    ["How many papers do you have about lichen?", "count | lichen"],
    ["What papers do you have?", "list"],
    ["What is in here?", "list"],
    ["Give me an overview of the corpus", "list"],
    ["Please list all the papers, thanks", "list"],
    ["What is the newest paper here?", "newest"],
    ["show me the most recent papers", "newest"],
    ["Which paper is the oldest?", "oldest"],
  ])("reads what is asked of all papers: %s", (message, expected) => {
    expect(read(message)).toBe(expected);
  });

  it.each([
    ["papers by Ines Marlow", "list | by Ines Marlow 3"],
    ["Anything from Marlow, Ines?", "list | by Marlow, Ines 3"],
    ["what did I. Marlow publish?", "list | by I. Marlow 3"],
    ["papers by marlow", "list | by marlow 3"],
    ["Tomas van der Wijk's papers", "list | by Tomas van der Wijk 2"],
    ["Which papers has Prof. van der Wijk written?", "list | by van der Wijk 2"],
    ["papers by Petra Oduya and Sam Abara", "list | by Petra Oduya 3 | by Sam Abara 1"],
    ["papers by Xenia Nobody", "list | by Xenia Nobody 0"],
    ["papers by Olga Marlow", "list | by Olga Marlow 0"],
    ["Who is Petra Oduya?", "list | by Petra Oduya 3"],
  ])("reads authors as the records have them: %s", (message, expected) => {
    expect(read(message)).toBe(expected);
  });

  it.each([
    ["Which papers were published in 2023?", "list | 2023-2023"],
    ["the 2023 papers", "list | 2023-2023"],
    ["papers since 2019", "list | 2019-"],
    ["papers after 2019", "list | 2020-"],
    ["How many papers are from before 2019?", "count | -2018"],
    ["papers between 2016 and 2019", "list | 2016-2019"],
    ["papers from 2016 to 2019", "list | 2016-2019"],
    ["papers published in 2016-2019", "list | 2016-2019"],
    ["Which papers appeared in Shore Letters?", "list | in Shore Letters 3"],
    ["papers in the Meeting on Lichens since 2022", "list | in Meeting on Lichens 2 | 2022-"],
    ["Which papers were published in Moon Letters?", "list | in Moon Letters 0"],
  ])("reads years and venues: %s", (message, expected) => {
    expect(read(message)).toBe(expected);
  });

  it.each([
    [
      "papers on moonlight by Ines Marlow after 2017",
      "papers | by Ines Marlow 3 | 2018- | Which papers are about moonlight?",
    ],
    ["Which papers about lichen are from 2023?", "papers | 2023-2023 | Which papers are about lichen?"],
    [
      "Which papers since 2020 measure how deep lugworms dig?",
      "papers | 2020- | Which papers measure how deep lugworms dig?",
    ],
    ["What did Petra Oduya find about soot?", "papers | by Petra Oduya 3 | Which papers are about soot?"],
    [
      "Does Ines Marlow have papers on the tide?",
      "papers | by Ines Marlow 3 | Which papers are about the tide?",
    ],
    ["List all papers about lichen", "papers | Which papers are about lichen?"],
    ["What papers do you have on sand hoppers?", "papers | Which papers are about sand hoppers?"],
  ])("leaves the rest to the papers: %s", (message, expected) => {
    expect(read(message)).toBe(expected);
  });

  it.each([
    "How many layers does the network have?",
    "How many papers did they review?",
    "How many papers are needed to train it?",
    "Which papers are about lichen?",
    "Which papers use data collected in 2014?",
    "What happened to the limpets after 2019?",
    "What is the latest method for counting limpets?",
    "Is growth limited by light?",
    "What do you know?",
    "Does the database contain errors?",
    "Who is right about lichen, and what did Marlow find?",
    "Show me how lugworms dig in winter",
    "List the steps of the method",
  ])("leaves an ordinary question alone: %s", (message) => {
    expect(read(message)).toBe("");
  });

  it.each([
    ["papers by Smith", "list | by Smith 1"],
    ["papers by J. A. Smith", "list | by J. A. Smith 1"],
    ["papers by de la Cruz", "list | by de la Cruz 1"],
    ["papers by García Márquez", "list | by García Márquez 1"],
    ["papers by World Health Organization", "list | by World Health Organization 1"],
  ])("knows authors in the forms of PubMed and of reference managers: %s", (message, expected) => {
    const authors = ["Smith JA", "de la Cruz AB", "García Márquez, Gabriel", "World Health Organization"];
    const names = new RecordNames([makePaper({ title: "Gulls", abstract: "Gulls.", authors }).paper]);
    expect(read(message, names)).toBe(expected);
  });

  it("captures none of the questions of the evaluations", () => {
    const papers = lines("test/eval/arxiv-papers.jsonl").map((record) => makePaper(record).paper);
    const names = [shore, new RecordNames(papers), new RecordNames([])];
    const questions = ["questions", "own-questions", "arxiv-questions"].flatMap((file) =>
      lines(`test/eval/${file}.jsonl`).map(({ question }) => readMessage(question).asked),
    );
    expect(questions.length).toBeGreaterThan(500);
    const captured = questions.filter((question) => names.some((known) => read(question, known) !== ""));
    expect(captured).toEqual([]);
  });
});

describe("recordQuestion", () => {
  it.each([
    ["Who wrote “ ”?", "authors"],
    ["When was it published, and by whom?", "authors year"],
    ["who are the authors and in which journal did it appear", "authors venue"],
    ["when?", "year"],
    ["Is there code?", "code"],
    ["is the implementation of the second one on github?", "code"],
    ["Give me three similar papers", "related"],
    ["more like this", "related"],
    ["find papers like “ ”", "related"],
    ["Give me the link", "links"],
    ["When does the method fail?", ""],
    ["Who wrote the poems in the data set?", ""],
    ["What code does the network generate?", ""],
    ["How similar are the two limpets?", ""],
    ["What does it look like?", ""],
  ])("%s → %s", (rest, aspects) => {
    expect(recordQuestion(rest).join(" ")).toBe(aspects);
  });
});

describe("mentionedIds", () => {
  it.each([
    ["Summarize arXiv 1603.04411", "arxiv:1603.04411", "arXiv 1603.04411"],
    ["What is (arXiv:1603.04411v2) about?", "arxiv:1603.04411", "arXiv:1603.04411v2"],
    ["What does 10.5555/S.1 propose?", "doi:10.5555/s.1", "10.5555/S.1"],
    ["see https://arxiv.org/abs/1603.04411.", "arxiv:1603.04411", "https://arxiv.org/abs/1603.04411"],
  ])("finds them in %s", (message, key, said) => {
    const [id] = mentionedIds(message);
    expect(id?.key).toBe(key);
    expect(message.slice(id?.start, id?.end)).toBe(said);
  });

  it.each(["Why is the score 1999.0001?", "Does it take 10.5 s/step?", "and/or", "ratio 3.14159"])(
    "finds none in %s",
    (message) => {
      expect(mentionedIds(message)).toEqual([]);
    },
  );
});
