/** A question, read once. Every reading of its text is made when it is first wanted, and kept with it. */
import { namesIn } from "../text/names-in.ts";
import { contentWords, terms } from "../text/terms.ts";
import { wordsIn } from "../text/words.ts";
import { once } from "../util/waiting.ts";
import { finds, type Phrases, says, tokensOf, without } from "./language/phrases.ts";
import { askedFor, askedWhole, requestedForm, withoutAmount } from "./reading/asked-for.ts";
import { dependenceOf } from "./reading/follow-up.ts";
import { readMessage, smallTalk, withoutInstructions } from "./reading/message.ts";

/**
 * What is left of a question without courtesy, orders, wishes or names is a question too: with the same text it is the
 * same object, so that nothing is read again.
 */
export class Question {
  readonly text: string;
  #vector: Promise<Float32Array> | undefined;
  #spelled: Promise<Question> | undefined;
  readonly #said = new Map<Phrases, boolean>();
  readonly #tokens = once(() => tokensOf(this.text));
  readonly #words = once(() => wordsIn(this.text));
  readonly #terms = once(() => terms(this.text));
  readonly #contentTerms = once(() => terms(contentWords(this.text)));
  readonly #names = once(() => namesIn(this.text));
  readonly #message = once(() => readMessage(this.text));
  readonly #asked = once(() => this.as(this.#message().asked));
  readonly #orderless = once(() => this.as(withoutInstructions(this.text)));
  readonly #form = once(() => requestedForm(this.text));
  readonly #unwished = once(() => this.as(this.#form().rest));
  readonly #whole = once(() => askedWhole(this.text, this.words));
  readonly #asksFor = once(() => askedFor(this.text));
  readonly #uncounted = once(() => this.as(withoutAmount(this.text)));
  readonly #unworked = once(() => this.as(this.#withoutWorks()));
  readonly #talk = once(() => smallTalk(this.text));
  readonly #dependence = once(() => dependenceOf(this.text));

  constructor(text: string) {
    this.text = text;
  }

  /** The same question in these words. */
  as(text: string): Question {
    return text === this.text ? this : new Question(text);
  }

  /** Whether it holds one of the phrases of the lexicon. */
  says(phrases: Phrases): boolean {
    const known = this.#said.get(phrases) ?? says(this.tokens, phrases);
    this.#said.set(phrases, known);
    return known;
  }

  /** @param embed by the one embedder there is; asked once, and again only when it failed */
  vector(embed: (text: string) => Promise<Float32Array>): Promise<Float32Array> {
    this.#vector ??= embed(this.text).catch((error: unknown) => {
      this.#vector = undefined;
      throw error;
    });
    return this.#vector;
  }

  /** @param correct puts misspelt words right by the words of the corpus; asked once, and never of what it has put right */
  spelled(correct: (text: string) => Promise<string>): Promise<Question> {
    this.#spelled ??= correct(this.text).then((text) => {
      const spelled = this.as(text);
      spelled.#spelled = Promise.resolve(spelled);
      return spelled;
    });
    return this.#spelled;
  }

  /** For phrases of the lexicon. */
  get tokens() {
    return this.#tokens();
  }

  /** Stop words too. */
  get words() {
    return this.#words();
  }

  /** Stemmed, in order. */
  get terms(): readonly string[] {
    return this.#terms();
  }

  /** The same of its content words alone: a compound then gives its parts only. */
  get contentTerms(): readonly string[] {
    return this.#contentTerms();
  }

  /** Acronyms and words in capitals, in order. */
  get names(): readonly string[] {
    return this.#names();
  }

  /** Without courtesy and what is wished for beside it. */
  get asked(): Question {
    return this.#asked();
  }

  /** What was wished for beside it: "in a table, please". */
  get wishes(): string {
    return this.#message().wishes;
  }

  /** Without what is said to the machine; "" when that was all. */
  get orderless(): Question {
    return this.#orderless();
  }

  /** How the answer is wished for. */
  get form() {
    return this.#form();
  }

  /** Without wishes for a form, as one line. */
  get unwished(): Question {
    return this.#unwished();
  }

  /** The words of X in "explain X", where that is all it asks. */
  get whole() {
    return this.#whole();
  }

  /** The noun behind its question word, and whether it wants an amount. */
  get asksFor() {
    return this.#asksFor();
  }

  /** Without "how many" and its like. */
  get uncounted(): Question {
    return this.#uncounted();
  }

  /** "How does it work?" names nothing that a sentence could hold. */
  get unworked(): Question {
    return this.#unworked();
  }

  /** Undefined where anything is asked. */
  get talk() {
    return this.#talk();
  }

  /** On what was said before it. */
  get dependence() {
    return this.#dependence();
  }

  #withoutWorks(): string {
    return this.says("how") ? without(this.text, this.tokens, finds(this.tokens, "works")) : this.text;
  }
}
