import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { MOST_NAMES, PaperFetcher } from "../../../../src/corpus/fetch/paper-fetcher.ts";
import { readFile } from "../../../../src/corpus/readers/read-file.ts";
import {
  atom,
  crossrefWork,
  entry,
  errorEntry,
  inOrder,
  PaperService,
  WEB_PAGE,
} from "../../../support/paper-service.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** A fetcher of the two services, in a time of its own in which waiting costs nothing. */
class Fetching {
  readonly folder = path.join(temporaryFolder(), "fetched");
  readonly waits: number[] = [];
  readonly fetcher: PaperFetcher;
  #now = 0;

  constructor(arxivUrl: string, crossrefUrl = arxivUrl, more: { contact?: string; timeoutMs?: number } = {}) {
    this.fetcher = new PaperFetcher(
      {
        isAllowed: true,
        contact: more.contact,
        arxivUrl: `${arxivUrl}/api/query`,
        crossrefUrl: `${crossrefUrl}/works/`,
      },
      {
        clock: () => this.#now,
        wait: async (ms) => {
          this.waits.push(ms);
          this.#now += ms;
        },
        ...(more.timeoutMs !== undefined && { timeoutMs: more.timeoutMs }),
      },
    );
  }

  /** Names of the files, and reasons by name. */
  async get(...names: string[]) {
    const { files, problems } = await this.fetcher.fetch(names, { folder: this.folder });
    return {
      files: files.map((file) => path.basename(file)),
      problems: Object.fromEntries(problems.map(({ file, reason }) => [file, reason])),
    };
  }

  /** What the readers make of a file. */
  async record(file: string) {
    const items = [];
    for await (const item of readFile(path.join(this.folder, file))) items.push(item);
    expect(items).toHaveLength(1);
    return items[0] !== undefined && "record" in items[0] ? items[0].record : undefined;
  }
}

const idsOf = (url: URL) => url.searchParams.get("id_list")?.split(",") ?? [];
const doiOf = (url: URL) => decodeURIComponent(url.pathname.replace("/works/", ""));

describe("what is fetched", () => {
  it("comes from arXiv in one request, and is read as any file is", async () => {
    const service = await PaperService.open((url) => atom(idsOf(url).map((id) => entry(id))));
    const fetching = new Fetching(service.url);
    const names = [
      "arxiv:2310.01234v1",
      "https://arxiv.org/abs/math/0309136",
      "doi:10.48550/arXiv.2310.01234",
    ];
    expect(await fetching.get(...names)).toEqual({
      files: ["arxiv-2310.01234.xml", "arxiv-math%2F0309136.xml"],
      problems: {},
    });
    expect(service.asked.map(String)).toEqual([
      `${service.url}/api/query?id_list=2310.01234%2Cmath%2F0309136&max_results=100`,
    ]);
    expect(await fetching.record("arxiv-2310.01234.xml")).toMatchObject({
      title: "On 2310.01234",
      abstract: "We study 2310.01234. It converges fast.",
      authors: ["Ada Gull", "Kurt Gödel"],
      year: 2023,
      arxivId: "2310.01234",
      tags: ["cs.CL"],
    });
  });

  it("comes from Crossref by DOI, with whom to write to where that is set", async () => {
    const service = await PaperService.open((url) => crossrefWork(doiOf(url)));
    const fetching = new Fetching("http://127.0.0.1:1", service.url, { contact: "me+you@example.org" });
    const { files, problems } = await fetching.get("doi:10.1000/A(1)/b?c#d", "https://doi.org/10.1000/plain");
    expect(problems).toEqual({});
    expect(service.asked.map(({ pathname }) => pathname)).toEqual([
      "/works/10.1000%2Fa(1)%2Fb%3Fc%23d",
      "/works/10.1000%2Fplain",
    ]);
    expect(service.asked[0]?.searchParams.get("mailto")).toBe("me+you@example.org");
    expect(service.userAgents[0]).toBe("Footnote (mailto:me+you@example.org)");
    expect(await fetching.record(files[1] ?? "")).toMatchObject({
      title: "Gulls at 10.1000/plain",
      abstract: expect.stringContaining("Gulls of 10.1000/plain glide far."),
      authors: ["Ada Gull"],
      year: 2022,
      venue: "Journal of Gulls",
      doi: "10.1000/plain",
    });
    const anonymous = new Fetching("http://127.0.0.1:1", service.url);
    await anonymous.get("doi:10.1000/plain");
    expect([service.asked.at(-1)?.search, service.userAgents.at(-1)]).toEqual(["", "Footnote"]);
  });

  it("is a listing, the newest first", async () => {
    const service = await PaperService.open(() => atom([entry("2311.00002"), entry("2311.00001")], 9000));
    const fetching = new Fetching(service.url);
    const { files } = await fetching.get("https://arxiv.org/list/cs.CL/recent?show=25");
    expect(files).toEqual(["arxiv-2311.00002.xml", "arxiv-2311.00001.xml"]);
    expect(Object.fromEntries(service.asked[0]?.searchParams ?? [])).toEqual({
      search_query: "cat:cs.CL",
      sortBy: "submittedDate",
      sortOrder: "descending",
      max_results: "25",
    });
  });

  it("keeps arXiv's terms: a hundred ids a request, and three seconds between two", async () => {
    const service = await PaperService.open((url) => atom(idsOf(url).map((id) => entry(id))));
    const fetching = new Fetching(service.url);
    const names = Array.from({ length: 250 }, (_, at) => `arxiv:2310.${String(at).padStart(5, "0")}`);
    expect((await fetching.get(...names)).files).toHaveLength(250);
    expect(service.idLists.map((ids) => ids.length)).toEqual([100, 100, 50]);
    expect(fetching.waits).toEqual([3000, 3000]);
    // Of the next command of the same process too.
    await fetching.get("arxiv:2310.00001");
    expect(fetching.waits).toEqual([3000, 3000, 3000]);
  });

  it("tells what arXiv withdrew, and not what only speaks of it", async () => {
    const comments = {
      "2310.00001": "This paper has been withdrawn by the author due to a crucial sign error in equation 1",
      "2310.00002": "Withdrawn; superseded by 2311.00009",
      "2310.00003": "Replaces the withdrawn paper 2309.00001",
    };
    const entries = Object.entries(comments).map(([id, comment]) => entry(id, { comment }));
    const fetching = new Fetching((await PaperService.open(() => atom(entries))).url);
    const { files } = await fetching.get(...Object.keys(comments).map((id) => `arxiv:${id}`));
    const flags = [];
    for (const file of files) flags.push((await fetching.record(file))?.flags);
    expect(flags).toEqual([["withdrawn"], ["withdrawn"], undefined]);
  });

  it("keeps a file a paper, by the same name each time, and none for a name too long", async () => {
    const service = await PaperService.open((url) => crossrefWork(doiOf(url)));
    const fetching = new Fetching("http://127.0.0.1:1", service.url);
    const long = (end: string) => `doi:10.1000/${"é".repeat(100)}${end}`;
    const first = await fetching.get(long("a"), long("b"), "doi:10.1000/../../x");
    expect(await fetching.get(long("a"), long("b"), "doi:10.1000/../../x")).toEqual(first);
    expect(readdirSync(fetching.folder).sort()).toEqual([...first.files].sort());
    expect(new Set(first.files).size).toBe(3);
    for (const file of first.files) expect(file).toMatch(/^doi-[\w.%-]{1,140}\.json$/);
  });
});

describe("what could not be had", () => {
  it("is a problem with its reason, and the rest comes in", async () => {
    const service = await PaperService.open((url) => {
      if (url.pathname === "/api/query") return atom([entry("2310.00001")]);
      const doi = doiOf(url);
      return doi === "10.1000/x" ? crossrefWork(doi) : { status: 404, body: "Resource not found." };
    });
    const fetching = new Fetching(service.url);
    const names = [
      "arxiv:2310.00001",
      "arxiv:9912.99999",
      "doi:10.1000/X",
      "doi:10.5281/zenodo.1",
      "arxiv:?",
    ];
    expect(await fetching.get(...names)).toEqual({
      files: ["arxiv-2310.00001.xml", "doi-10.1000%2Fx.json"],
      problems: {
        "arxiv:?": expect.stringContaining("is no arXiv id"),
        "arxiv:9912.99999": "arXiv has no paper with this id",
        "doi:10.5281/zenodo.1": "Crossref has no paper with this DOI: other agencies may have it",
      },
    });
  });

  it("keeps no other paper away where arXiv cannot read its id", async () => {
    const service = await PaperService.open((url) => {
      const ids = idsOf(url);
      const bad = ids.find((id) => id.startsWith("2399"));
      return bad === undefined
        ? atom(ids.map((id) => entry(id)))
        : { ...atom([errorEntry(bad)]), status: 400 };
    });
    const fetching = new Fetching(service.url);
    const names = ["arxiv:2310.00001", "arxiv:2399.0000", "arxiv:2399.00001", "arxiv:2310.00002"];
    expect(await fetching.get(...names)).toEqual({
      files: ["arxiv-2310.00001.xml", "arxiv-2310.00002.xml"],
      problems: {
        "arxiv:2399.0000": "arXiv says: incorrect id format for 2399.0000",
        "arxiv:2399.00001": "arXiv says: incorrect id format for 2399.00001",
      },
    });
    // However many there are.
    const many = Array.from({ length: 20 }, (_, at) => `arxiv:2399.${10_000 + at}`);
    const before = service.asked.length;
    expect(Object.keys((await fetching.get(...many)).problems)).toHaveLength(20);
    expect(service.asked.length - before).toBe(6);
  });

  it("is asked for once, and not past the bound", async () => {
    const service = await PaperService.open(() => atom([]));
    const fetching = new Fetching(service.url);
    const names = Array.from(
      { length: MOST_NAMES + 2 },
      (_, at) => `arxiv:2310.${String(at).padStart(5, "0")}`,
    );
    const { problems } = await fetching.get(...names, ...names.slice(0, 10));
    expect(service.idLists.flat()).toHaveLength(MOST_NAMES);
    const reasons = Object.entries(problems).filter(([, reason]) => reason.includes("in a second step"));
    expect(reasons.map(([name]) => name)).toEqual(names.slice(-2));
  });

  it.each([
    ["a web page", WEB_PAGE, "arXiv answers with a web page (HTTP 200)"],
    ["an error without Atom", { status: 500, body: "oops" }, "arXiv answers with no Atom (HTTP 500)"],
    ["nothing", {}, "arXiv answers with no Atom (HTTP 200)"],
    ["a redirect to nowhere", { status: 302 }, "arXiv redirects to nowhere"],
    [
      "a redirect to another host",
      { status: 301, headers: { Location: "http://192.0.2.1/api/query?id_list=2310.01234" } },
      "arXiv redirects to another place (http://192.0.2.1), which is not followed",
    ],
    [
      "a redirect to another port",
      { status: 307, headers: { Location: "http://127.0.0.1:9/" } },
      "arXiv redirects to another place (http://127.0.0.1:9), which is not followed",
    ],
    [
      "a redirect to a file",
      { status: 302, headers: { Location: "file:///etc/passwd" } },
      "arXiv redirects to another place (null), which is not followed",
    ],
    [
      "a redirect without end",
      { status: 302, headers: { Location: "/api/query" } },
      "arXiv redirects again and again",
    ],
    [
      "a connection that breaks",
      { ...atom([entry("2310.01234")]), cutAt: 1500 },
      "arXiv gave an answer that is cut off",
    ],
    ["17 MB", { body: "x".repeat(17 * 1024 * 1024) }, "arXiv answers with more than 16 MB"],
    ["503 for good", { status: 503 }, "arXiv is busy (HTTP 503, 4 times)"],
    [
      "429 for an hour",
      { status: 429, headers: { "Retry-After": "3600" } },
      "arXiv is busy (HTTP 429): it asks to be left alone for 3600 s",
    ],
  ])("because of %s is told, and nothing is kept", async (_, answer, reason) => {
    const fetching = new Fetching((await PaperService.open(() => answer)).url);
    expect(await fetching.get("arxiv:2310.01234")).toEqual({
      files: [],
      problems: { "arxiv:2310.01234": reason },
    });
  });

  it.each([
    ["a web page", WEB_PAGE, "Crossref answers with a web page (HTTP 200)"],
    [
      "half of an answer",
      { body: crossrefWork("10.1000/x").body?.slice(0, 300) ?? "" },
      "Crossref answers with no work that can be read (HTTP 200)",
    ],
    [
      "another message",
      { body: '{"status":"ok","message":[]}' },
      "Crossref answers with no work that can be read (HTTP 200)",
    ],
  ])("because Crossref answers with %s is told", async (_, answer, reason) => {
    const fetching = new Fetching("http://127.0.0.1:1", (await PaperService.open(() => answer)).url);
    expect((await fetching.get("doi:10.1000/x")).problems).toEqual({ "doi:10.1000/x": reason });
  });

  it("behind a feed that ends early is told, what stands before the cut comes in", async () => {
    const whole = atom([entry("2310.00001"), entry("2310.00002")]).body ?? "";
    const service = await PaperService.open(() => ({ body: whole.slice(0, whole.lastIndexOf("<summary>")) }));
    const fetching = new Fetching(service.url);
    expect(await fetching.get("arxiv:2310.00001", "arxiv:2310.00002")).toEqual({
      files: ["arxiv-2310.00001.xml"],
      problems: { "arxiv:2310.00002": "arXiv's answer is cut off before this paper: name it again" },
    });
    expect(await fetching.get("https://arxiv.org/list/cs.CL/recent")).toEqual({
      files: ["arxiv-2310.00001.xml"],
      problems: { "https://arxiv.org/list/cs.CL/recent": "arXiv's answer is cut off: what came is taken" },
    });
  });

  it("within the time is told", async () => {
    const service = await PaperService.open(() => ({ isSilent: true }));
    const fetching = new Fetching(service.url, service.url, { timeoutMs: 50 });
    expect((await fetching.get("arxiv:2310.01234")).problems).toEqual({
      "arxiv:2310.01234": "arXiv gave no whole answer within 0.05 s",
    });
  });

  it("from a service that fails and fails is not asked for any more, until the next time", async () => {
    const service = await PaperService.open(() => ({ status: 302 }));
    const fetching = new Fetching("http://127.0.0.1:1", service.url);
    const names = Array.from({ length: 9 }, (_, at) => `doi:10.1000/${at}`);
    const { problems } = await fetching.get(...names, "arxiv:2310.01234");
    expect(service.asked).toHaveLength(3);
    expect(problems["doi:10.1000/8"]).toBe("Crossref was not asked: it failed 3 times in a row");
    expect(problems["arxiv:2310.01234"]).toMatch(/^arXiv cannot be reached/);
    service.answer = (url) => crossrefWork(doiOf(url));
    expect((await fetching.get(...names)).files).toHaveLength(9);
  });
});

describe("a busy service", () => {
  const busy = (after: string) => ({ status: 429, headers: { "Retry-After": after } });

  it("is asked again when it says, three times at most", async () => {
    const service = await PaperService.open(
      inOrder(busy("7"), { status: 503 }, busy("0"), atom([entry("2310.01234")])),
    );
    const fetching = new Fetching(service.url);
    expect((await fetching.get("arxiv:2310.01234")).files).toHaveLength(1);
    // Its own wait, then twice the usual one, then at once, but for the gap that is always kept.
    expect(fetching.waits).toEqual([7000, 6000, 0, 3000]);
  });

  it("may say when by a date", async () => {
    const service = await PaperService.open(
      inOrder(busy(new Date(Date.now() + 30_000).toUTCString()), atom([entry("2310.01234")])),
    );
    const fetching = new Fetching(service.url);
    expect((await fetching.get("arxiv:2310.01234")).files).toHaveLength(1);
    expect(fetching.waits[0]).toBeGreaterThan(3000);
    expect(fetching.waits[0]).toBeLessThanOrEqual(30_000);
  });

  it("is waited for no longer than until a stop", async () => {
    const service = await PaperService.open(() => busy("50"));
    const settings = {
      isAllowed: true,
      contact: undefined,
      arxivUrl: service.url,
      crossrefUrl: service.url,
    };
    const stop = new AbortController();
    const fetched = new PaperFetcher(settings).fetch(["arxiv:2310.01234"], {
      folder: temporaryFolder(),
      signal: stop.signal,
    });
    await expect.poll(() => service.asked.length).toBe(1);
    stop.abort(new Error("enough"));
    await expect(fetched).rejects.toThrow("enough");
  });
});

it("nothing is asked without the switch", async () => {
  const service = await PaperService.open();
  const settings = { isAllowed: false, contact: undefined, arxivUrl: service.url, crossrefUrl: service.url };
  const folder = path.join(temporaryFolder(), "fetched");
  const fetched = new PaperFetcher(settings).fetch(["arxiv:2310.01234"], { folder });
  await expect(fetched).rejects.toMatchObject({
    code: "config",
    message:
      "arxiv:2310.01234 is not on this machine, and INGEST_ALLOW_NETWORK is not set, so nobody was asked: set INGEST_ALLOW_NETWORK=true and EGRESS=all to ask arXiv and Crossref",
  });
  expect(service.asked).toEqual([]);
});

it("a folder that cannot be written is named", async () => {
  const service = await PaperService.open(() => atom([entry("2310.01234")]));
  const fetching = new Fetching(service.url);
  writeFileSync(fetching.folder, "a file");
  await expect(fetching.get("arxiv:2310.01234")).rejects.toThrow(`${fetching.folder} is no folder`);
  expect(readFileSync(fetching.folder, "utf8")).toBe("a file");
});
