/** How far a paper carries a claim that may be in another language: then its words tell nothing, numbers and names do. */
import { readPaper } from "../corpus/read-paper.ts";
import type { Paper } from "../protocol.ts";
import { languageOf } from "../question/language/language.ts";
import { namesIn } from "../text/names-in.ts";
import { digitQuantities, quantitiesIn } from "./claim-facts.ts";
import { type ClaimSupport, type Evidence, STRONG, WEAK } from "./claim-support.ts";

/** What `ClaimSupport` is asked for. */
export type Support = Pick<ClaimSupport, "best">;

/** Of a claim with a number that the paper does not have. */
const CONTRADICTED = 0.3;
/** A decimal comma. */
const COMMA = /(?<=\d),(?=\d{1,2}(?!\d))/g;

export class SupportAcrossLanguages implements Support {
  readonly #support: Support;
  readonly #asked: string | undefined;

  /** @param asked the language of the question: that of claims too short to tell */
  constructor(support: Support, asked: string | undefined) {
    this.#support = support;
    this.#asked = asked;
  }

  async best(claim: string, paper: Paper, signal?: AbortSignal): Promise<Evidence> {
    const evidence = await this.#support.best(claim, paper, signal);
    // Whatever the language: these words are its own.
    if (evidence.support >= STRONG) return evidence;
    const language = languageOf(claim) ?? this.#asked;
    if (language === undefined) return evidence;
    const written = languageOf(paper.abstract);
    return written === undefined || written === language ? evidence : byFacts(claim, paper, evidence);
  }
}

function byFacts(claim: string, paper: Paper, evidence: Evidence): Evidence {
  const { sentences, names, title } = readPaper(paper);
  if (sentences.length === 0) return evidence;
  const numbers = digitQuantities(claim.replace(COMMA, ".")).map(amountOf);
  const all = amountsIn(`${title}. ${paper.abstract}`);
  const shared = namesIn(claim).filter((name) => names.has(name));
  const facts = numbers.length + shared.length;
  const held = sentences.map(({ text }) => {
    const own = amountsIn(text);
    const inIt = shared.filter((name) => text.toLowerCase().includes(name.toLowerCase()));
    return numbers.filter((number) => own.has(number)).length + inIt.length;
  });
  const most = Math.max(...held);
  // Without a fact in common it is the sentence that the words chose, which is as good as any.
  const at = most > 0 ? held.indexOf(most) : sentences.findIndex(({ start }) => start === evidence.start);
  const { start, end } = sentences[at] ?? sentences[0] ?? evidence;
  if (numbers.some((number) => !all.has(number))) return { start, end, support: CONTRADICTED };
  return facts === 0 ? { start, end, support: WEAK, unjudged: true } : { start, end, support: STRONG };
}

/** Units are words of a language: "10-mal". */
const amountOf = (quantity: string): string => quantity.replace(/[^\d.]+$/, "");
const amountsIn = (text: string): ReadonlySet<string> => new Set([...quantitiesIn(text)].map(amountOf));
