import { onTestFinished } from "vitest";
import { ModelServer } from "./model-server.ts";

/** A scripted model server, closed when the test has finished. */
export async function openModelServer(): Promise<ModelServer> {
  const server = await ModelServer.start();
  onTestFinished(() => server.close());
  return server;
}
