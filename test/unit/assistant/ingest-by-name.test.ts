import { existsSync, readdirSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openAssistant, testConfig } from "../../support/open-assistant.ts";
import { atom, crossrefWork, entry, PaperService } from "../../support/paper-service.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writePapers } from "../../support/write-papers.ts";

async function setup(variables: Record<string, string> = { EGRESS: "all", INGEST_ALLOW_NETWORK: "true" }) {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/papers.jsonl`, [{ title: "On walks", abstract: "Walks converge fast." }]);
  const service = await PaperService.open((url) =>
    url.pathname === "/arxiv"
      ? atom(
          (url.searchParams.get("id_list") ?? "")
            .split(",")
            .filter((id) => id !== "9999.99999")
            .map((id) => entry(id)),
        )
      : crossrefWork(decodeURIComponent(url.pathname.slice("/crossref/".length))),
  );
  const config = testConfig(folder, {
    INGEST_ARXIV_URL: `${service.url}/arxiv`,
    INGEST_CROSSREF_URL: `${service.url}/crossref`,
    ...variables,
  });
  const assistant = openAssistant(config);
  await assistant.start();
  const titles = async () =>
    (await assistant.papers.list({ limit: 100 })).papers.map(({ title }) => title).sort();
  return { folder, service, assistant, titles };
}

describe("papers by name", () => {
  it("come in beside files, and what could not be had is told by its name", async () => {
    const { folder, assistant, titles } = await setup();
    writePapers(`${folder}/mine.jsonl`, [{ title: "On mine", abstract: "Mine is fine." }]);
    const report = await assistant.ingest({
      paths: ["arxiv:2310.01234", `${folder}/mine.jsonl`, "doi:10.1000/x", "arxiv:9999.99999", "arxiv:?"],
    });
    expect(report).toMatchObject({ added: 3, papers: 4 });
    expect(report.problems.map(({ file }) => file)).toEqual(["arxiv:?", "arxiv:9999.99999"]);
    expect(await titles()).toEqual(["Gulls at 10.1000/x", "On 2310.01234", "On mine", "On walks"]);
    const { results } = await assistant.search({ query: "gulls that glide", limit: 1 });
    expect(results[0]?.paper).toMatchObject({ title: "Gulls at 10.1000/x", doi: "10.1000/x" });
  });

  it("are there after the index was lost and made again, and gone when they were removed", async () => {
    const { folder, service, assistant, titles } = await setup();
    await assistant.ingest({ paths: ["arxiv:2310.01234", "arxiv:2310.05678", "doi:10.1000/x"] });
    const { papers } = await assistant.papers.list({ query: "2310.05678", limit: 1 });
    await assistant.removePapers(papers.map(({ id }) => id));
    const asked = service.asked.length;
    await assistant.ingest({});
    expect(await titles()).toEqual(["Gulls at 10.1000/x", "On 2310.01234", "On walks"]);
    for (const name of ["index", "manifest.json"])
      rmSync(`${folder}/vectorstore/${name}`, { recursive: true });
    await assistant.ingest({ rebuild: true });
    expect(await titles()).toEqual(["Gulls at 10.1000/x", "On 2310.01234", "On walks"]);
    expect(service.asked).toHaveLength(asked);
  });

  it("are the same papers when they are named again", async () => {
    const { folder, assistant } = await setup();
    const paths = ["arxiv:2310.01234", "doi:10.1000/x"];
    await assistant.ingest({ paths });
    expect(await assistant.ingest({ paths })).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 3,
      embedded: 0,
    });
    expect(readdirSync(`${folder}/vectorstore/fetched`)).toHaveLength(2);
  });

  it("change nothing where none could be had", async () => {
    const { assistant, titles } = await setup();
    await expect(assistant.ingest({ paths: ["arxiv:9999.99999", "doi:?"] })).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringMatching(/^No paper could be had: doi:\?: is no DOI: .*; 1 more$/),
    });
    expect(await titles()).toEqual(["On walks"]);
  });

  it.each([{}, { EGRESS: "all" }, { EGRESS: "none" }])(
    "are asked of nobody with %o, and the error says what to set",
    async (variables: Record<string, string>) => {
      const { folder, service, assistant, titles } = await setup(variables);
      const paths = [`${folder}/seeds/papers.jsonl`, "doi:10.1000/x"];
      await expect(assistant.ingest({ paths })).rejects.toMatchObject({
        code: "config",
        message: expect.stringMatching(
          /^doi:10\.1000\/x .* nobody was asked: set INGEST_ALLOW_NETWORK=true and EGRESS=all/,
        ),
      });
      expect(service.asked).toEqual([]);
      expect(existsSync(`${folder}/vectorstore/fetched`)).toBe(false);
      expect(await titles()).toEqual(["On walks"]);
    },
  );
});
