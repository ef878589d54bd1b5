/** A server with the environment that compose.yaml gives it. */
import { expect, it } from "vitest";
import { Answer } from "../../src/protocol.ts";
import { composeService } from "../support/compose-service.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { ServerProcess } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

it.each(["openai", "anthropic", "ollama"] as const)(
  "a language model of %s that is set beside it answers",
  async (provider) => {
    const models = await openModelServer();
    models.scripts.answer = says("Walks on graphs converge fast [1].");
    const seeds = temporaryFolder();
    writePapers(`${seeds}/papers.jsonl`, [
      { title: "On walks", abstract: "Walks on graphs converge fast. They rank pages by their links." },
      { title: "On moss", abstract: "Moss on roofs cools the rooms below by three degrees." },
    ]);
    const { environment } = composeService({ AUTH: "none", ...models.environment(provider) });
    const image = { HOST: "0.0.0.0", SEEDS_DIR: seeds };
    const server = await ServerProcess.start({ environment: { ...environment, ...image } });
    const response = await fetch(`${server.url.replace("0.0.0.0", "127.0.0.1")}/api/ask`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: "How fast do walks on graphs converge?" }),
    });
    const answer = Answer.parse(await response.json());
    await server.stop();
    expect(answer).toMatchObject({
      model: `${provider}:test-model`,
      text: "Walks on graphs converge fast [1].",
    });
    expect(models.strayed).toEqual([]);
  },
);
