import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const Compose = z.object({
  services: z.object({
    footnote: z.object({
      ports: z.array(z.string()),
      environment: z.record(z.string(), z.string()),
      extra_hosts: z.array(z.string()),
      volumes: z.array(z.string()),
      read_only: z.string(),
      tmpfs: z.array(z.string()),
      cap_drop: z.array(z.string()),
      security_opt: z.array(z.string()),
    }),
  }),
});

/** The service of compose.yaml as an engine makes it, where `variables` stand in `.env` or before the command. */
export function composeService(variables: Readonly<Record<string, string>> = {}) {
  const text = readFileSync("compose.yaml", "utf8");
  // ${NAME:-default}, which takes the default for what is empty too.
  const filled = text.replace(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, usual: string) =>
    JSON.stringify(variables[name] || usual).slice(1, -1),
  );
  if (/\$\{/.test(filled)) throw new Error("compose.yaml takes something in another form than NAME:-default");
  // A value that is a number or empty is text all the same in an environment.
  return Compose.parse(parse(filled, { schema: "failsafe" })).services.footnote;
}
