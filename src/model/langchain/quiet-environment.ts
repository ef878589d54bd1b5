/**
 * What LangChain looks for in the environment at every call: tracing, which sends questions and papers to LangSmith;
 * its gateway, which sends whole requests there; and a debug mode that prints prompts on standard output.
 */
const VARIABLES = [
  "LANGSMITH_TRACING",
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING",
  "LANGCHAIN_TRACING_V2",
  "LANGSMITH_GATEWAY",
  "LANGCHAIN_VERBOSE",
];

/** Takes them out of this process. LangChain has no other switch that wins over the environment. */
export function quietEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of VARIABLES) delete environment[name];
}
