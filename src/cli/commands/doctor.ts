import { type Finding, guarded } from "../../assistant/doctor/finding.ts";
import { AppError } from "../../errors.ts";
import { untilAborted } from "../../util/abort.ts";
import { countOf } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";
import { checkExposure } from "../doctor/check-exposure.ts";
import { checkPort } from "../doctor/check-port.ts";
import { checkSlack } from "../doctor/check-slack.ts";
import { findingLine } from "../finding-line.ts";

/**
 * Says what is configured and what would fail, a line each, with the fix.
 * @throws AppError when there is a problem, after it has told all of them
 */
export async function doctor(context: CommandContext, options: { readonly json: boolean }): Promise<void> {
  const { stdout, signal } = context;
  const findings = await untilAborted(examineAll(context), signal);
  const problems = findings.filter(({ state }) => state === "problem").length;
  if (options.json) stdout.json({ ok: problems === 0, findings });
  else for (const finding of findings) stdout.line(findingLine(finding, stdout.colour));
  if (problems > 0) throw new AppError("internal", `${countOf(problems, "problem")} found`);
}

/** A variable that is wrong is a problem like another: the rest is looked at with its default. */
async function examineAll(context: CommandContext): Promise<readonly Finding[]> {
  return guarded("config", async () => {
    const { config, faults } = await context.surveyConfig();
    return [
      ...faults.map((message): Finding => ({ check: "config", state: "problem", message })),
      ...config.warnings.map((message): Finding => ({ check: "config", state: "warning", message })),
      ...(await context.examine(config)),
      ...(await guarded("access", () => checkExposure(config.server))),
      ...(await guarded("slack", () => checkSlack(config))),
      ...(await guarded("port", () => checkPort(config.server))),
    ];
  });
}
