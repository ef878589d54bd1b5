import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { surveyConfig } from "../../../src/config/survey-config.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("surveyConfig", () => {
  it("finds nothing wrong where nothing is", () => {
    expect(surveyConfig({}, temporaryFolder()).faults).toEqual([]);
  });

  it("tells every fault, those in .env too, and puts the defaults in their place", () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, ".env"), "PORT=many\nRETRIEVAL_TOP_K=5\n");
    const { config, faults } = surveyConfig({ LOG_LEVEL: "loud", AUTH: "maybe" }, folder);
    expect(faults.map((fault) => fault.split("=")[0]).sort()).toEqual(["AUTH", "LOG_LEVEL", "PORT"]);
    expect(config).toMatchObject({ server: { port: 3000, logLevel: "info", openToAll: false }, topK: 5 });
  });

  it("reports keys and no authentication together, and keeps the keys", () => {
    const variables = { AUTH: "none", API_KEYS: "ann:a-key-of-some-length" };
    const { config, faults } = surveyConfig(variables, temporaryFolder());
    expect(faults).toEqual([expect.stringContaining("API_KEYS is set too")]);
    expect(config.server).toMatchObject({ openToAll: false, apiKeys: [{ owner: "ann" }] });
  });

  it("throws what is about no variable", () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, ".env"));
    expect(() => surveyConfig({}, folder)).toThrow(/EISDIR/);
  });
});
