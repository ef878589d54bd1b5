// The product's own reader in Node against PyTorch: node check.mjs PROJECT/dist MODELS_DIR FIXTURE.json
import { readFileSync } from "node:fs";
import path from "node:path";

const [dist, modelsFolder, fixture] = process.argv.slice(2);
const { OnnxPairReader } = await import(path.resolve(dist, "reader/onnx-pair-reader.js"));
const reader = await OnnxPairReader.load({ modelsFolder: path.resolve(modelsFolder), model: "footnote/papers-reader" });
const { questions, papers } = JSON.parse(readFileSync(fixture, "utf8"));
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };

let began = cpu();
const readings = [];
for (const paper of papers) readings.push(await reader.read(paper));
console.log(`read a paper: ${((cpu() - began) / papers.length).toFixed(1)} ms of processor time`);
let most = 0, sum = 0, count = 0, split = 0;
began = cpu();
for (const [k, question] of questions.entries()) {
  const found = await reader.score(question, readings);
  for (const [b, { scores }] of papers.entries()) {
    if (scores[k].length !== found[b].length) { split++; continue; } // sentences end elsewhere here
    for (const [j, value] of scores[k].entries()) {
      const far = Math.abs(value - found[b][j]);
      most = Math.max(most, far); sum += far; count++;
    }
  }
}
console.log(`score ${papers.length} papers: ${((cpu() - began) / questions.length).toFixed(1)} ms; ${count} scores differ by ${(sum / count).toFixed(4)} on average, ${most.toFixed(3)} at most; ${split} left out`);
if (count === 0 || most > 0.75) process.exit(1);
