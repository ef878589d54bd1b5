import { expect, it } from "vitest";
import { answerTo, openAssistant, testConfig } from "../../support/open-assistant.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writePapers } from "../../support/write-papers.ts";

const PAPERS = [
  {
    title: "茶树对土壤的影响",
    abstract: "茶树使土壤变酸。我们在八个茶园取样。茶园土壤的酸度每年上升百分之二。",
  },
  { title: "渡り鳥の休息地", abstract: "渡り鳥がどこで休むかを調べた。鳥は干潟で平均九日休んだ。" },
  {
    title: "제주 해녀의 잠수 시간",
    abstract: "해녀의 잠수 시간을 재었다. 해녀는 한 번에 일 분 동안 잠수했다.",
  },
  { title: "Wind in pine forests", abstract: "Pine forests slow the wind. We measured it at six heights." },
];

it.each([
  ["茶园土壤的酸度上升多少？", "茶园土壤的酸度每年上升百分之二。"],
  ["渡り鳥は干潟で何日休みますか？", "鳥は干潟で平均九日休んだ。"],
  ["해녀는 얼마 동안 잠수하나요?", "해녀는 한 번에 일 분 동안 잠수했다."],
  ["What slows the wind?", "Pine forests slow the wind."],
])("%s is answered in the words of the paper that has them", async (question, quote) => {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/a.jsonl`, PAPERS);
  const assistant = openAssistant(testConfig(folder));
  await assistant.start();
  const { citations } = await answerTo(assistant, question);
  expect(citations.map((note) => note.quote).join(" ")).toContain(quote);
});
