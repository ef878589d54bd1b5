import { type Config, loadConfig } from "../config.ts";
import { AppError } from "../errors.ts";

export interface ConfigSurvey {
  /** With the default in the place of every value that is wrong. */
  readonly config: Config;
  /** One line for each wrong variable: its name, its value, what is allowed. */
  readonly faults: readonly string[];
}

/** As `loadConfig`, but tells every fault at once. @throws what is not about one variable, such as an unreadable `.env` */
export function surveyConfig(
  variables: NodeJS.ProcessEnv = process.env,
  workingFolder: string = process.cwd(),
): ConfigSurvey {
  const fixed = { ...variables };
  const faults: string[] = [];
  for (;;) {
    try {
      return { config: loadConfig(fixed, workingFolder), faults };
    } catch (error) {
      const variable = error instanceof AppError ? error.field : undefined;
      if (variable === undefined || fixed[variable] === "") throw error;
      faults.push((error as AppError).message);
      // Empty counts as absent, and wins over `.env`.
      fixed[variable] = "";
    }
  }
}
