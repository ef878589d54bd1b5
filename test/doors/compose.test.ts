/** A server with the environment that compose.yaml gives it. */
import { expect, it } from "vitest";
import { Answer } from "../../src/protocol.ts";
import { composeService } from "../support/compose-service.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { ServerProcess } from "../support/server-process.ts";

it.each(["openai", "anthropic", "ollama"] as const)(
  "a language model of %s that is set beside it answers",
  async (provider) => {
    const models = await openModelServer();
    models.scripts.answer = says("On an NVIDIA TITAN XP GPU, CoreInfer achieves a 10.33 times speedup [1].");
    const { environment } = composeService({ AUTH: "none", ...models.environment(provider) });
    const server = await ServerProcess.start({ environment: { ...environment, HOST: "0.0.0.0" } });
    const response = await fetch(`${server.url.replace("0.0.0.0", "127.0.0.1")}/api/ask`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?" }),
    });
    const answer = Answer.parse(await response.json());
    await server.stop();
    expect(answer).toMatchObject({
      model: `${provider}:test-model`,
      text: expect.stringContaining("10.33 times speedup [1]"),
    });
    expect(models.strayed).toEqual([]);
  },
);
