/** How a model's server wants to be asked, as it turns out: what it refuses is left out from then on. */
import { z } from "zod";

interface Changes {
  /** Members of the request that are left out. */
  readonly without: ReadonlySet<string>;
  /** Under which name the limit of tokens is given, where the first one was refused. */
  readonly limitName?: "max_tokens" | "max_completion_tokens";
  /** Tokens of an answer that it allows, where those asked for were too many. */
  readonly mostTokens?: number;
  /** The instructions stand in the user's message. */
  readonly oneMessage: boolean;
}

const NONE: Changes = { without: new Set(), oneMessage: false };
/** Members that an answer can do without; some servers refuse what they do not know. */
const OPTIONAL = ["stream_options", "temperature"];
const LIMITS = ["max_tokens", "max_completion_tokens"] as const;
const NO_SYSTEM =
  /system[\s_-]*(?:role|message|prompt|instruction)|role[^.]{0,30}\bsystem\b|\bsystem\b[^.]{0,40}(?:not|un)[\s-]?support|roles? must alternate|developer instruction/i;
/** Speaks of what is in the request, and does not name it. */
const OF_FORM =
  /unrecogni[sz]ed|unknown|unexpected|unsupported|not (?:supported|permitted|allowed)|\bextra\b|invalid (?:param|field|argument|request body|role)|validation/i;
/** Statuses of a request that is wrong; a template that knows no system role fails with 500. */
const WRONG = new Set([400, 404, 415, 422, 500, 501]);
/** Those of them that a server has for other things too, and that count where it names what it refuses. */
const AMBIGUOUS = new Set([404, 415, 500, 501]);

const Content = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]);
const Message = z.looseObject({ role: z.string(), content: Content });
const Body = z.looseObject({
  messages: z.array(Message).optional(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
});
type Body = z.infer<typeof Body>;

/** One for each model, as long as the process runs. */
export class RequestForm {
  #known = NONE;
  /** Asked with as little as can be, it refused all the same: what it refuses without a word is not looked for again. */
  #isFinal = false;

  begin(): RequestAttempt {
    return new RequestAttempt(this.#known, this.#isFinal, {
      works: (changes) => {
        this.#known = changes;
      },
      inVain: () => {
        this.#isFinal = true;
      },
    });
  }

  /** Its window is known: so many tokens of an answer leave room for the question. */
  limitTo(mostTokens: number): void {
    const most = Math.min(mostTokens, this.#known.mostTokens ?? mostTokens);
    this.#known = { ...this.#known, mostTokens: most };
  }
}

interface Outcome {
  works(changes: Changes): void;
  inVain(): void;
}

/** One request, and what it is changed to where it is refused. */
class RequestAttempt {
  #changes: Changes;
  readonly #isFinal: boolean;
  readonly #outcome: Outcome;
  #guesses = 0;

  constructor(changes: Changes, isFinal: boolean, outcome: Outcome) {
    this.#changes = changes;
    this.#isFinal = isFinal;
    this.#outcome = outcome;
  }

  /** The body of a request as this server takes it; what is no JSON as it is. */
  body<Given>(given: Given): Given | string {
    if (this.#changes === NONE || typeof given !== "string") return given;
    const body = parsed(given);
    return body === undefined ? given : JSON.stringify(changed(body, this.#changes));
  }

  accepted(): void {
    this.#outcome.works(this.#changes);
  }

  /**
   * @param given the body as it would be without any change
   * @param said what the server said of it
   * @returns whether it may be accepted now
   */
  refused(given: unknown, status: number, said: string): boolean {
    if (!WRONG.has(status) || typeof given !== "string") return false;
    const original = parsed(given);
    if (original === undefined) return false;
    const named = this.#named(changed(original, this.#changes), said);
    const mayBeForm = !AMBIGUOUS.has(status) && OF_FORM.test(said);
    const next = named ?? (mayBeForm ? this.#guessed(original) : undefined);
    if (next === undefined) {
      if (this.#guesses > 0) this.#outcome.inVain();
      return false;
    }
    this.#changes = next;
    return true;
  }

  /** What it names, if that is in the request. */
  #named(sent: Body, said: string): Changes | undefined {
    const { without } = this.#changes;
    const dropped = OPTIONAL.find((name) => name in sent && said.includes(name));
    if (dropped !== undefined) return { ...this.#changes, without: new Set([...without, dropped]) };
    if (hasInstructions(sent) && NO_SYSTEM.test(said)) return { ...this.#changes, oneMessage: true };
    const limit = LIMITS.find((name) => name in sent);
    if (limit === undefined || !LIMITS.some((name) => said.includes(name))) return undefined;
    return this.#otherLimit(limit, sent[limit] ?? 0, said);
  }

  #otherLimit(name: (typeof LIMITS)[number], tokens: number, said: string): Changes {
    const allowed = (said.match(/\d{2,8}/g) ?? []).map(Number).filter((number) => number < tokens);
    if (allowed.length > 0) return { ...this.#changes, mostTokens: Math.max(...allowed) };
    const other = name === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    // Asked under both names already, or it does not speak of the other one.
    if (this.#changes.limitName !== undefined || !said.includes(other)) {
      return { ...this.#changes, without: new Set([...this.#changes.without, ...LIMITS]) };
    }
    return { ...this.#changes, limitName: other };
  }

  /** It does not say what it refuses: without what can be left out, then without a system role too. */
  #guessed(original: Body): Changes | undefined {
    if (this.#isFinal || this.#guesses >= 2) return undefined;
    const hasOptional = OPTIONAL.some((name) => name in original && !this.#changes.without.has(name));
    this.#guesses += hasOptional ? 1 : 2;
    if (hasOptional) {
      return { ...this.#changes, without: new Set([...this.#changes.without, ...OPTIONAL]) };
    }
    return hasInstructions(original) && !this.#changes.oneMessage
      ? { ...this.#changes, oneMessage: true }
      : undefined;
  }
}

function parsed(text: string): Body | undefined {
  try {
    return Body.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Anthropic's stand beside the messages, where they are never refused. */
const INSTRUCTING = new Set(["system", "developer"]);
const hasInstructions = ({ messages = [] }: Body): boolean =>
  messages.some(({ role }) => INSTRUCTING.has(role));

function changed(body: Body, { without, limitName, mostTokens, oneMessage }: Changes): Body {
  const members = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    if (without.has(name)) return [];
    const isLimit = LIMITS.some((limit) => limit === name);
    if (!isLimit) return [[name, value]];
    return [[limitName ?? name, Math.min(Number(value), mostTokens ?? Number.POSITIVE_INFINITY)]];
  });
  const next: Body = Object.fromEntries(members);
  return oneMessage && next.messages !== undefined ? { ...next, messages: joined(next.messages) } : next;
}

/** The instructions before the first user's words. */
function joined(messages: NonNullable<Body["messages"]>): NonNullable<Body["messages"]> {
  const told = messages.filter(({ role }) => INSTRUCTING.has(role)).map(({ content }) => textOf(content));
  const rest = messages.filter(({ role }) => !INSTRUCTING.has(role));
  const [first, ...others] = rest;
  if (first === undefined) return [{ role: "user", content: told.join("\n\n") }];
  return [{ ...first, content: [...told, textOf(first.content)].join("\n\n") }, ...others];
}

function textOf(content: z.infer<typeof Content>): string {
  return typeof content === "string" ? content : content.map(({ text = "" }) => text).join("");
}
