/** What a message asks of the papers, apart from what people put around a question: courtesy, wishes, links, orders. */
import { STOP_WORDS } from "../../text/stop-words.ts";
import { contentWords } from "../../text/terms.ts";
import { type Purpose, says, serves, tokensOf, wordsFor } from "../language/phrases.ts";

interface ReadMessage {
  /** The message without what is not asked; the whole message where nothing would be left. */
  readonly asked: string;
  /** What was taken out of it that wishes for a form: "in a table, please". */
  readonly wishes: string;
}

/** Links, Slack's `:emoji:` and emoji: they name nothing that an abstract could say. */
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>]{1,2000}/giu;
const SHORTCODE = /(?<![\p{L}\p{N}:]):[a-z][a-z0-9_+-]{1,40}:(?![\p{L}\p{N}])/giu;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3/gu;
/** Set between two clauses that no mark parts. */
const BREAK = "\u2028";
/** Where one clause ends and the next begins. */
const CLAUSE = /[^\s.,;:!?\n–—-][^.,;:!?\n\u2028–—]*(?:[.,:-](?=\S)[^.,;:!?\n\u2028–—]*)*[.,;:!?–—]*\s*/gu;
/** "… please answer in German": another clause, whatever stands before it. */
const PLEASE = /(?<=\S\s)(?:please|pls|kindly)(?=\s\S)/giu;
const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
/** Words behind a greeting that may be a name: "Hi Anna", "Dear Footnote team". */
const NAME_WORDS = 3;

/** Words within which who speaks of themselves says so: "ok so I am new to this". */
const OPENING_WORDS = 4;
const ME = new Set("i im ive id we were my our".split(" "));
/** Words of a name that a message is signed with. */
const SIGNATURE_WORDS = 3;

/** Words that lead to a question at least: "tell me what …"; "and what …" goes on with what was said before. */
const LEAD_IN_WORDS = 2;

/** Words in capitals that are no name or two. */
const SHOUTED_WORDS = 4;

interface Clause {
  readonly text: string;
  /** Folded, without apostrophes. */
  readonly words: readonly string[];
}

type Part = "asked" | "courtesy" | "wish";

export function readMessage(message: string): ReadMessage {
  const bare = quiet([LINK, SHORTCODE, EMOJI].reduce((text, pattern) => text.replace(pattern, " "), message));
  const marked = bare.replace(/\s-{1,2}\s/g, " – ").replace(/\btl;\s?dr\b/giu, "tldr");
  const clauses = clausesOf(marked.replace(PLEASE, `${BREAK}$&`));
  const parts = inPlace(
    withSignature(
      clauses,
      clauses.map((clause, at) => partOf(clause, clauses[at - 1])),
    ),
  );
  const asked = clauses
    .filter((_, at) => parts[at] === "asked")
    .map(({ text }) => text)
    .join("");
  const kept = tidy(withoutLeadIn(withoutThanks(asked)));
  if (!asksAnything(kept)) return { asked: message.trim(), wishes: "" };
  const wishes = clauses.filter((_, at) => parts[at] === "wish").map(({ text }) => text);
  return { asked: kept, wishes: tidy(wishes.join("")) };
}

/** Who writes in capitals alone shouts, and names nothing by them; "BERT" is a name. */
function quiet(text: string): string {
  const shouts = !/\p{Ll}/u.test(text) && plainWords(text).length >= SHOUTED_WORDS;
  return shouts ? text.toLowerCase() : text;
}

function clausesOf(text: string): Clause[] {
  return [...text.matchAll(CLAUSE)].map(([clause]) => ({ text: clause, words: plainWords(clause) }));
}

function plainWords(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase().replace(/['’]/g, ""));
}

function partOf({ text, words }: Clause, before: Clause | undefined): Part {
  // A number that was left behind a question: "What is X? 1".
  const isStray = words.every(isNumber) && before?.text.includes("?") === true;
  if (words.length === 0) return "asked";
  if (isStray) return "courtesy";
  const all = (...purposes: Purpose[]) =>
    words.every(
      (word) => isFunction(word) || isNumber(word) || purposes.some((purpose) => serves(word, purpose)),
    );
  const some = (purpose: Purpose) => words.some((word) => serves(word, purpose));
  const [first = ""] = words;
  if (serves(first, "greeting") && words.length <= 1 + NAME_WORDS && !text.includes("?")) return "courtesy";
  if ((some("greeting") || some("thanks") || some("courtesy")) && all("greeting", "thanks", "courtesy"))
    return "courtesy";
  if (some("source") && all("source", "courtesy") && !text.includes("?")) return "courtesy";
  const isAsked = serves(first, "question");
  if (some("form") && all("form", "thanks", "courtesy", "source") && !isAsked) return "wish";
  if (/:\s*$/u.test(text) && all("leadIn", "thanks", "courtesy")) return "courtesy";
  const isMe = words.slice(0, OPENING_WORDS).some((word) => ME.has(word)) && !text.includes("?");
  return isMe && all("person", "thanks", "courtesy", "form") ? "courtesy" : "asked";
}

/** What stands between two clauses that ask is part of what they ask: "flag, word by word, which …". */
function inPlace(parts: readonly Part[]): Part[] {
  const [first, last] = [parts.indexOf("asked"), parts.lastIndexOf("asked")];
  return parts.map((part, at) => (part === "wish" && at > first && at < last ? "asked" : part));
}

/** What stands behind "Best," or "Kind regards," at the end of a message is a name. */
function withSignature(clauses: readonly Clause[], parts: readonly Part[]): Part[] {
  const signed = parts.findLastIndex(
    (part, at) =>
      at > 0 &&
      part === "courtesy" &&
      clauses[at]?.words.some((word) => serves(word, "thanks") || word === "best"),
  );
  return parts.map((part, at) => {
    const { text, words } = clauses[at] as Clause;
    const isName =
      at === signed + 1 && at === parts.length - 1 && words.length <= SIGNATURE_WORDS && !text.includes("?");
    return signed > 0 && isName ? "courtesy" : part;
  });
}

const isFunction = (word: string) => STOP_WORDS.has(word);
const isNumber = (word: string) => /^\p{N}+$/u.test(word);

/** "… thanks", "… please": what stands behind the last word that is asked. */
function withoutThanks(text: string): string {
  const words = [...text.matchAll(WORD)];
  let end = words.length;
  let thanked = false;
  while (end > 0) {
    const word = (words[end - 1]?.[0] ?? "").toLowerCase();
    if (serves(word, "thanks")) thanked = true;
    else if (!(isFunction(word) || serves(word, "courtesy"))) break;
    end--;
    if (
      thanked &&
      words[end - 1] !== undefined &&
      !serves((words[end - 1]?.[0] ?? "").toLowerCase(), "thanks")
    )
      break;
  }
  const last = words[end - 1];
  return !thanked || last === undefined ? text : text.slice(0, last.index + last[0].length) + marksOf(text);
}

/** The question mark of a text, which may stand behind its thanks. */
function marksOf(text: string): string {
  return text.includes("?") ? "?" : "";
}

/** "Could you tell me what …", "I was wondering whether …": up to the word that asks. */
function withoutLeadIn(text: string): string {
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: word.toLowerCase().replace(/['’]/g, ""),
    index,
  }));
  let at = 0;
  while (
    at < words.length &&
    serves(words[at]?.word ?? "", "leadIn") &&
    !isInterrogative(words[at]?.word ?? "")
  )
    at++;
  const asking = words[at];
  if (at < LEAD_IN_WORDS || asking === undefined || !isInterrogative(asking.word)) return text;
  const from = ["whether", "if"].includes(asking.word) ? words[at + 1]?.index : asking.index;
  return from === undefined ? text : text.slice(from);
}

const isInterrogative = (word: string) =>
  ["what", "whats", "how", "why", "which", "who", "whose", "whom", "where", "when", "whether", "if"].includes(
    word,
  );

/** Whether a word is left that is not of courtesy or grammar. */
function asksAnything(text: string): boolean {
  return plainWords(text).some(
    (word) => !(isFunction(word) || serves(word, "thanks") || serves(word, "greeting")),
  );
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, " ")
    .replace(/^[\s,;:–—-]+|(?<![\s,;:–—-])[\s,;:–—-]+$/g, "")
    .trim();
}

/** Letters of a message that are read: three times the longest question of test/eval, 100 words of prose. */
const MOST_LETTERS = 600;
/** Of a message that is longer, what is asked stands at its beginning or at its end; what stands between is pasted. */
const HALF = MOST_LETTERS / 2;

/**
 * What of a message is read to rank papers and to choose sentences, whatever is sent: the whole, or of a long one its
 * beginning and its end. All that is done with a question costs by its length; this bounds it once.
 */
export function partRead(message: string): string {
  const text = message.trim();
  if (text.length <= MOST_LETTERS) return message;
  const head = text.slice(0, HALF).replace(/(?:\s\S{0,40}|[\ud800-\udbff])$/, "");
  const tail = text.slice(-HALF).replace(/^(?:\S{0,40}\s|[\udc00-\udfff])/, "");
  return `${head} … ${tail}`;
}

// Courtesy that asks nothing.

const GREETING = new Set(wordsFor("hello"));
const THANKS = new Set(wordsFor("thanking"));
/** Words that surround the above, or that make up talk about the assistant itself. */
const FILLER = new Set(wordsFor("filler"));
const PRAISE = new Set(wordsFor("praise"));
const COURTESY_END = /[.!;,\n]+|\s[-–—]\s/u;
export type SmallTalk = "greeting" | "thanks" | "chatter" | "noise";

/**
 * What kind of small talk a message is, or undefined when it asks something. By structure: every word is a word of
 * greeting, thanks, praise or filler, clauses that belong to thanks aside; or there is no word at all.
 */
export function smallTalk(text: string): SmallTalk | undefined {
  const message = text.toLowerCase().replaceAll("’", "'");
  const words = lettersIn(message);
  if (words.length === 0) return "noise";
  const thanks = words.some((word) => THANKS.has(word));
  if (!(thanks ? lettersIn(withoutThankedFor(message)) : words).every(isCourtesy)) return;
  if (thanks) return "thanks";
  if (words.some((word) => GREETING.has(word))) return "greeting";
  return words.some((word) => PRAISE.has(word)) && !message.includes("?") ? "thanks" : "chatter";
}

function lettersIn(message: string): string[] {
  return message.match(/\p{L}[\p{L}\p{N}']*/gu) ?? [];
}

function isCourtesy(word: string): boolean {
  return [GREETING, THANKS, PRAISE, FILLER].some((words) => words.has(word));
}

/** A message that asks is left as it is. */
function withoutThankedFor(message: string): string {
  if (message.includes("?")) return message;
  return message
    .split(COURTESY_END)
    .filter((clause) => !says(tokensOf(clause), "ofThanks"))
    .join(" ");
}

// Takes out of a question what is not asked of the papers but said to the machine: about its rules, role and output.

/** Content words that make what is left a question, where no question mark does. */
const FEWEST_WORDS = 3;
/** Clauses over which the mark of a role may be spread: `"role": "system"`. */
const ROLE_CLAUSES = 2;
/** Where a clause ends: a sentence, a line, a colon, a comma, or the next of several verbs. */
const CLAUSE_END = /(?<=[.!?;:,…]["'”’)\]]{0,3})\s|\n|\s(?=(?:and|then|but)\s)/;
/** Quoted words are spoken of, not said. */
const QUOTED = /“[^”]{0,300}”|"[^"]{0,300}"|(?<!\p{L})['‘][^'’]{0,300}['’](?!\p{L})/gu;

/** The speech of another role, set off by marks of a chat protocol: all that follows is part of it. */
const ROLE =
  /^\W{0,3}(?:<\/?(?:system|context|user|assistant|instructions?|prompt|source|document)s?\b[^>]*>|\[\/?inst\]|<<\/?sys>>|<\|\w+\|>|#{1,6}\s*(?:system|instructions?)\b|(?:system|developer|admin(?:istrator)?|root|assistant|(?:new|updated) instructions?)(?:\s+(?:prompt|message|note))?\s*:)|["']?role["']?\s*:\s*["'](?:system|developer|assistant)/i;

/**
 * The question that is left; "" when it was nothing but orders. A question about such orders stays as it is: it quotes
 * them, or speaks of a model and not to it.
 */
export function withoutInstructions(text: string): string {
  const kept: string[] = [];
  let dropped = false;
  // A break of lines is kept: it ends a clause.
  const spaced = text.replace(/\s+/g, (space) => (space.includes("\n") ? "\n" : " "));
  const clauses = spaced.split(CLAUSE_END);
  for (const [at, clause] of clauses.entries()) {
    const said = clause.replace(QUOTED, " ");
    if (ROLE.test(clauses.slice(at, at + ROLE_CLAUSES).join(" "))) {
      dropped = true;
      break;
    }
    if (says(tokensOf(said), "order")) dropped = true;
    else kept.push(clause);
  }
  if (!dropped) return text;
  const rest = kept
    .join(" ")
    .replace(/^(?:and|then|but)\s+/i, "")
    .trim();
  const words = contentWords(rest)
    .split(" ")
    .filter((word) => word !== "").length;
  return words >= FEWEST_WORDS || (words > 0 && rest.includes("?")) ? rest : "";
}
