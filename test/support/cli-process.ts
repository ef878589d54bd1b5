import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `footnote …` as it is installed over the real seeds, with index and conversations in `folder`. Needs `npm run build`. */
export async function runCli(
  folder: string,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  const child = spawn(process.execPath, ["dist/cli/main.js", ...argv], {
    env: {
      ...process.env,
      VECTORSTORE_DIR: path.join(folder, "vectorstore"),
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: "vectorstore/models",
      ...environment,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}
