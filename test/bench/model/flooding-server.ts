/** A process of its own: an OpenAI-compatible server that says as many bytes as the model's name tells, or never ends. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openai } from "../../support/model-server/openai.ts";

/** Characters of a delta. */
const DELTA = 64;
const [bytes = 0] = process.argv.slice(2).map(Number);

/** Prose with one marker a kilobyte. */
const KILOBYTE = `${"CoreInfer speeds up the inference of large models by sparse activation. ".repeat(14)}[1]. `;
const DELTAS = (KILOBYTE.match(new RegExp(`.{1,${DELTA}}`, "g")) ?? []).map((text) => openai.token(text));

async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { "Content-Type": openai.contentType });
  response.write(openai.begin("bench"));
  for (let said = 0; said < bytes && !response.destroyed; said += KILOBYTE.length) {
    if (response.write(DELTAS.join(""))) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off("drain", go).off("close", go);
        resolve();
      };
      response.on("drain", go).on("close", go);
    });
  }
  response.end(openai.end("stop"));
}

const server = createServer((request, response) => {
  response.on("error", () => {});
  request.resume().on("end", () => void flood(response));
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
