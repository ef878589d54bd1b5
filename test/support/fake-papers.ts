import type { Papers } from "../../src/assistant/port.ts";
import { AppError } from "../../src/errors.ts";
import type { PaperResponse, ReferenceFormat } from "../../src/protocol.ts";
import { samplePaper } from "./sample-answer.ts";

/** The DOI that the one paper also answers to. */
export const ALIAS = "10.1000/walks.v2";

const BODY = "We walk. Then we rest. Walks are short.";

/** A corpus of one paper. */
export class FakePapers implements Papers {
  readonly listed: unknown[] = [];

  async list(options: unknown) {
    this.listed.push(options);
    return { papers: [samplePaper], total: 1 };
  }

  async get(idOrAlias: string): Promise<PaperResponse> {
    if (idOrAlias !== samplePaper.id && idOrAlias !== ALIAS) {
      throw new AppError("not_found", `There is no paper "${idOrAlias}"`);
    }
    return { paper: samplePaper, related: [{ paper: samplePaper, score: 0.5 }] };
  }

  async body(idOrAlias: string, { start = 0, end = BODY.length }: { start?: number; end?: number }) {
    await this.get(idOrAlias);
    return { start, end, text: BODY.slice(start, end), length: BODY.length, page: 2, section: "3 Walks" };
  }

  async citation(idOrAlias: string, format: ReferenceFormat) {
    const { paper } = await this.get(idOrAlias);
    const mediaType = { bibtex: "application/x-bibtex", ris: "application/x-research-info-systems" };
    const other = format === "text" ? "text/plain" : "application/vnd.citationstyles.csl+json";
    const known = format === "bibtex" || format === "ris" ? mediaType[format] : other;
    return { body: `${format}: ${paper.title}`, mediaType: known };
  }

  async citations(idsOrAliases: readonly string[], format: ReferenceFormat) {
    const all = await Promise.all(idsOrAliases.map((id) => this.citation(id, format)));
    return { body: all.map(({ body }) => body).join("\n"), mediaType: all[0]?.mediaType ?? "" };
  }
}
