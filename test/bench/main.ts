/** `npm run bench [NAME…]`: prints the figures of the project. Without a name, all of them. */
import { benchAnswers } from "./answers.ts";
import { benchFusion } from "./fusion.ts";
import { benchLatency } from "./latency.ts";
import { benchModel } from "./model.ts";
import { benchStartup } from "./startup.ts";

const BENCHES: Record<string, () => Promise<void>> = {
  startup: benchStartup,
  latency: benchLatency,
  fusion: benchFusion,
  answers: benchAnswers,
  model: benchModel,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES);
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`there is no bench "${name}": ${Object.keys(BENCHES).join(", ")}`);
    process.exit(2);
  }
  console.log(`\n── ${name}`);
  await bench();
}
