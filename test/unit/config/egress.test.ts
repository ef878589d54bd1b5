import { describe, expect, it } from "vitest";
import { surveyConfig } from "../../../src/config/survey-config.ts";
import { loadConfig } from "../../../src/config.ts";
import { thrown } from "../../support/thrown.ts";

const load = (variables: Record<string, string>) => loadConfig(variables, "/nonexistent");
const fault = (variables: Record<string, string>) => thrown(() => load(variables));

describe("EGRESS", () => {
  it("is models by default, and asks nobody for papers", () => {
    expect(load({})).toMatchObject({ egress: "models", fetching: { isAllowed: false, contact: undefined } });
    expect(fault({ EGRESS: "some" }).message).toBe('EGRESS="some": takes none, models or all');
  });

  it.each([
    [{ LLM: "openai:m", OPENAI_API_KEY: "k" }, "LLM=openai:m sends questions to the usual address of openai"],
    [{ LLM: "groq:m" }, "LLM=groq:m sends questions to the usual address of groq"],
    [
      { LLM: "openai:m", OPENAI_BASE_URL: "http://gpu.invalid:8080/v1" },
      "LLM=openai:m sends questions to gpu.invalid:8080",
    ],
    [
      { LLM: "ollama:m", OLLAMA_BASE_URL: "http://127.0.0.1.example.org" },
      "LLM=ollama:m sends questions to 127.0.0.1.example.org",
    ],
    [{ LLM: "ollama:m", FOOTNOTE_TRACING: "true" }, "FOOTNOTE_TRACING=true"],
    [{ EMBEDDING_ALLOW_DOWNLOAD: "true" }, "EMBEDDING_ALLOW_DOWNLOAD=true"],
    [{ SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_BOT_TOKEN sends answers to slack.com"],
  ])("none refuses %o by name", (variables: Record<string, string>, named) => {
    const error = fault({ EGRESS: "none", ...variables });
    expect(error).toMatchObject({ code: "config", field: "EGRESS" });
    expect(error.message).toContain(`EGRESS="none": ${named}`);
    expect(error.message).toMatch(/: (?:set LLM=extractive|leave it out), or set EGRESS=models$/);
    for (const EGRESS of ["models", "all"]) expect(load({ EGRESS, ...variables }).egress).toBe(EGRESS);
  });

  it.each([
    {},
    { LLM: "ollama:m" },
    { LLM: "openai:m", OPENAI_BASE_URL: "http://localhost:8080/v1" },
    { LLM: "openai:m", OPENAI_BASE_URL: "http://[::1]:8080/v1" },
    { OPENAI_API_KEY: "k", OPENAI_BASE_URL: "http://gpu.invalid" },
    { SLACK_BOT_TOKEN: "xoxb-1", SLACK_API_URL: "http://127.0.0.1:9/" },
  ])("none takes %o, which stays on this machine", (variables: Record<string, string>) => {
    expect(load({ EGRESS: "none", ...variables }).egress).toBe("none");
  });

  it.each([{}, { EGRESS: "none" }, { EGRESS: "models" }])(
    "INGEST_ALLOW_NETWORK is refused with %o",
    (variables: Record<string, string>) => {
      const error = fault({ INGEST_ALLOW_NETWORK: "true", ...variables });
      expect(error).toMatchObject({ code: "config", field: "INGEST_ALLOW_NETWORK" });
      expect(error.message).toBe(
        `INGEST_ALLOW_NETWORK="true": EGRESS=${variables.EGRESS ?? "models"} lets nobody be asked for papers, set EGRESS=all too`,
      );
    },
  );

  it("all lets papers be fetched where that is said too", () => {
    expect(load({ EGRESS: "all" }).fetching.isAllowed).toBe(false);
    const set = { EGRESS: "all", INGEST_ALLOW_NETWORK: "true", INGEST_CONTACT: "me@example.org" };
    expect(load(set).fetching).toMatchObject({ isAllowed: true, contact: "me@example.org" });
    expect(fault({ ...set, INGEST_CONTACT: "me" }).message).toBe(
      'INGEST_CONTACT="me": takes an e-mail address',
    );
  });

  it("tells all faults, and goes on without what is wrong", () => {
    const { config, faults } = surveyConfig(
      { EGRESS: "none", EMBEDDING_ALLOW_DOWNLOAD: "true", INGEST_ALLOW_NETWORK: "true" },
      "/nonexistent",
    );
    expect(faults.map((message) => message.split("=")[0])).toEqual(["INGEST_ALLOW_NETWORK", "EGRESS"]);
    expect(config).toMatchObject({ egress: "models", fetching: { isAllowed: false } });
  });
});
