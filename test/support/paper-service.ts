import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The connection is closed after so many bytes of the body. */
  readonly cutAt?: number;
  /** Nothing is ever answered. */
  readonly isSilent?: boolean;
}
type Answering = (url: URL) => Scripted;

/** arXiv and Crossref on this machine: it answers as it is told, and keeps what it was asked. */
export class PaperService {
  readonly url: string;
  readonly asked: URL[] = [];
  readonly userAgents: string[] = [];
  answer: Answering = () => ({ status: 500 });

  private constructor(url: string) {
    this.url = url;
  }

  static async open(answer?: Answering): Promise<PaperService> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", service.url);
      service.asked.push(url);
      service.userAgents.push(request.headers["user-agent"] ?? "");
      const { status = 200, headers = {}, body = "", cutAt, isSilent } = service.answer(url);
      if (isSilent) return;
      const bytes = Buffer.from(body);
      response.writeHead(status, { "Content-Length": String(bytes.length), ...headers });
      if (cutAt === undefined) response.end(bytes);
      else response.write(bytes.subarray(0, cutAt), () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const service = new PaperService(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    if (answer !== undefined) service.answer = answer;
    return service;
  }

  /** The ids of each request to arXiv. */
  get idLists(): string[][] {
    return this.asked.map((url) => url.searchParams.get("id_list")?.split(",") ?? []);
  }
}

/** Answers in order, the last one again and again. */
export function inOrder(...answers: readonly Scripted[]): Answering {
  let at = 0;
  return () => answers[Math.min(at++, answers.length - 1)] ?? {};
}

/** As arXiv answers. */
export const atom = (entries: readonly string[], total = entries.length): Scripted => ({
  headers: { "Content-Type": "application/atom+xml; charset=UTF-8" },
  body: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query%3D%26id_list%3D2310.01234%26start%3D0%26max_results%3D100" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=2310.01234&amp;start=0&amp;max_results=100</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2023-10-05T00:00:00-04:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${total}</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">0</opensearch:startIndex>
  <opensearch:itemsPerPage xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">100</opensearch:itemsPerPage>
${entries.join("\n")}
</feed>
`,
});

export const entry = (
  id: string,
  {
    title = `On ${id}`,
    summary = `We study ${id}. It converges fast.`,
    comment = "12 pages, 3 figures",
  } = {},
): string => `  <entry>
    <id>http://arxiv.org/abs/${id}v2</id>
    <updated>2023-10-04T10:11:12Z</updated>
    <published>2023-10-02T09:08:07Z</published>
    <title>${title}</title>
    <summary>  ${summary}
</summary>
    <author>
      <name>Ada Gull</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Institute of Birds</arxiv:affiliation>
    </author>
    <author>
      <name>Kurt Gödel</name>
    </author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">${comment}</arxiv:comment>
    <link href="http://arxiv.org/abs/${id}v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/${id}v2" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
  </entry>`;

/** What stands in the place of a paper whose id arXiv cannot read. */
export const errorEntry = (id: string): string => `  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_${id}</id>
    <title>Error</title>
    <summary>incorrect id format for ${id}</summary>
    <updated>2023-10-05T00:00:00-04:00</updated>
    <link href="http://arxiv.org/api/errors#incorrect_id_format_for_${id}" rel="alternate" type="text/html"/>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>`;

/** As Crossref answers for one DOI. */
export const crossrefWork = (doi: string, more: object = {}): Scripted => ({
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({
    status: "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    message: {
      indexed: {
        "date-parts": [[2023, 11, 2]],
        "date-time": "2023-11-02T04:05:06Z",
        timestamp: 1698897906000,
      },
      "reference-count": 1,
      publisher: "Society of Gulls",
      license: [
        { start: { "date-parts": [[2023, 1, 1]] }, "delay-in-days": 0, URL: "https://example.org/l" },
      ],
      "content-domain": { domain: [], "crossmark-restriction": false },
      abstract: `<jats:title>Abstract</jats:title><jats:p>Gulls of ${doi} glide far.</jats:p>`,
      DOI: doi,
      type: "journal-article",
      "is-referenced-by-count": 4,
      title: [`Gulls at ${doi}`],
      prefix: "10.1000",
      author: [{ given: "Ada", family: "Gull", sequence: "first", affiliation: [] }],
      published: { "date-parts": [[2022, 5]] },
      reference: [
        { key: "1", "doi-asserted-by": "crossref", DOI: "10.1000/other", "article-title": "Other" },
      ],
      "container-title": ["Journal of Gulls"],
      URL: `http://dx.doi.org/${doi}`,
      ...more,
    },
  }),
});

export const WEB_PAGE: Scripted = {
  headers: { "Content-Type": "text/html" },
  body: "<!DOCTYPE html>\n<html><head><title>Log in to the network</title></head><body><feed></body></html>\n",
};
