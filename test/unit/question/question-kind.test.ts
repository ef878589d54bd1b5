import { describe, expect, it } from "vitest";
import { Question } from "../../../src/question/question.ts";
import { questionKind } from "../../../src/question/read-among.ts";

const UNNAMED = { titles: [] };

const kindOf = (question: string, { titles, rest }: { titles: readonly string[]; rest: string }) =>
  questionKind(new Question(question), { titles, rest: new Question(rest) });

describe("questionKind", () => {
  it.each([
    ["How many layers does the model have?", "fact"],
    ["On which benchmarks is it better than its predecessor?", "fact"],
    ["By what factor is it faster compared with the baseline?", "fact"],
    ["How many authors responded to the survey?", "fact"],
    ["How does pruning change accuracy?", "explanation"],
    ["why do deep nets overfit", "explanation"],
    ["Which papers study pruning?", "survey"],
    ["What approaches are there for pruning?", "survey"],
    ["I have a small phone. Which methods fit a model into it?", "survey"],
    ["Is there any work on pruning?", "survey"],
    ["papers on pruning", "survey"],
    ["Point me to research on pruning", "survey"],
    ["What's out there on pruning?", "survey"],
    ["show me methods for pruning", "survey"],
    ["What are the two best methods for pruning?", "fact"],
    ["Rundown of the pruning paper", "summary"],
    ["Give me 3 recent papers about pruning", "survey"],
    ["name two approaches to pruning", "survey"],
    ["give me an overview of work on pruning", "survey"],
    ["Why do studies of pruning disagree?", "explanation"],
    ["Do the studies agree?", "survey"],
    ["How do pruning and quantization differ?", "comparison"],
    ["pruning vs quantization", "comparison"],
    ["What is the difference between pruning and quantization?", "comparison"],
    ["Summarise the pruning paper", "summary"],
    ["Give me an overview of the paper on pruning", "summary"],
    ["Explain the lottery ticket paper", "summary"],
    ["What is the pruning paper about?", "summary"],
    ["main points of the one on pruning", "summary"],
    ["thanks!", "small-talk"],
    ["???", "small-talk"],
  ])("%s is a %s", (question, kind) => expect(kindOf(question, { ...UNNAMED, rest: question })).toBe(kind));

  const one = { titles: ["PruNet: Removing Heads"] };
  const two = { titles: [...one.titles, "QuaNet: Fewer Bits"] };
  it.each([
    ["Tell me about PruNet", { ...one, rest: "Tell me about  " }, "summary"],
    ["Explain PruNet (the one on heads)", { ...one, rest: "Explain   (the one on heads)" }, "summary"],
    ["I'm reading about PruNet.", { ...one, rest: "I'm reading about  ." }, "summary"],
    ["What does PruNet stand for?", { ...one, rest: "What does   stand for?" }, "summary"],
    ["PruNet, tl;dr", { ...one, rest: " , tl;dr" }, "summary"],
    ["Which datasets does PruNet use?", { ...one, rest: "Which datasets does   use?" }, "fact"],
    ["How does PruNet choose?", { ...one, rest: "How does   choose?" }, "explanation"],
    ["Compare PruNet with QuaNet", { ...two, rest: "Compare   with  " }, "comparison"],
    ["What sets PruNet apart from QuaNet?", { ...two, rest: "What sets   apart from  ?" }, "comparison"],
    [
      "What distinguishes PruNet from QuaNet?",
      { ...two, rest: "What distinguishes   from  ?" },
      "comparison",
    ],
    ["Which is faster, PruNet or QuaNet?", { ...two, rest: "Which is faster,   or  ?" }, "comparison"],
    ["PruNet and QuaNet: what are these?", { ...two, rest: "  and  : what are these?" }, "summary"],
  ] as const)("%s, of papers that are here, is a %s", (question, naming, kind) =>
    expect(kindOf(question, naming)).toBe(kind),
  );
});
