/** How an answer is wished for: how long, as bullets, in plain words, and which parts of a paper. */
import { LEADING_MARKS } from "../util/leading-marks.ts";
import { oneLine } from "../util/one-line.ts";

export interface RequestedForm {
  /** Sentences or bullets, or papers of a list. */
  readonly count?: number;
  readonly bullets: boolean;
  /** For readers new to the field. */
  readonly plain: boolean;
  /** The question without the wishes, as one line. */
  readonly rest: string;
}

const NUMBERS = "one two three four five six seven eight nine ten".split(" ");
/** Of a sentence or a point that is wished for; "a fixed point" and "two data points" are asked about. */
const ADJECTIVE =
  "(?:very\\s+)?(?:short|brief|concise|simple|clear|plain|crisp|quick|single|key|main|central)";
/** "In 3 bullets", "two short sentences", "a single line". */
const LENGTH = new RegExp(
  `\\b(?:(?:in|as|with|using)\\s+)?(?:the\\s+)?(\\d{1,2}|${NUMBERS.join("|")}|an?|single)\\s+(?:${ADJECTIVE}\\s+)?(bullets?(?:\\s+points?)?|points?|sentences?|lines?|takeaways?)\\b`,
  "iu",
);
/** "Give me three recent papers on …", "list 5 methods": how many of what is asked for; it stays in the question. */
const THINGS = new RegExp(
  `^${LEADING_MARKS}(?:(?:please|can you|could you|give|show|list|name|find|recommend|suggest|tell|me|us)\\s+)*(\\d{1,2}|${NUMBERS.join("|")})\\s+(?:\\p{L}{1,40}\\s+){0,2}?(?:papers|works|studies|articles|preprints|surveys|methods|approaches|techniques|models|ways|ideas|systems|benchmarks|data ?sets)\\b`,
  "iu",
);
const BULLETS = /\b(?:(?:as|in|with|using)\s+)?(?:bullets?(?:\s+points?)?|bulleted(?:\s+list)?)\b/i;
/** "tl;dr", "in short": what is done and what comes of it. "Short-term memory" is no wish, nor is "short contexts". */
const SHORT =
  /\b(?:tl;?\s?dr|in (?:short|brief|a nutshell)|briefly|(?:very )?short(?=[\s.!,]*(?:(?:please|summary|version|answer|explanation|overview|description|recap|outline)\b|$)))\b/i;
const SHORT_COUNT = 2;
/** Whom for: "a test for beginners" is said in no other way, but of children papers speak themselves. */
const READERS =
  "(?:beginners?|novices?|newcomers?|lay(?:man|men|person|people|\\s+readers?|\\s+audience)|non-?\\s?(?:experts?|specialists?|technical\\s+\\p{L}{1,40})|(?:child(?:ren)?|kids?)(?=\\W*$)|(?:\\d{1,3}|\\p{L}{1,20})[- ]year[- ]olds?)\\b";
const PLAIN = new RegExp(
  `\\b(?:to|for|as if to)\\s+(?:an?\\s+)?(?:absolute\\s+|complete\\s+)?${READERS}|\\b(?:in\\s+)?(?:simple|plain|everyday|easy)(?:r)?\\s+(?:terms|words|language|english)\\b|\\beli5\\b|\\b(?:as if|like)\\s+(?:i['’]?m|i am|i was|i were)\\s+(?:an?\\s+)?\\S+`,
  "iu",
);
/** "Explain … to a manager": whom for, in a question that is an order. */
const AUDIENCE = new RegExp(
  `^(${LEADING_MARKS}(?:please |can you |could you )?(?:explain|describe|summ?[ae]ri[sz]e|sum up|present|introduce|give|tell|tl;?dr)\\b.*?)\\s(?:for|to)\\s(?:an?|my)\\s[\\p{L}-]{1,40}(?![\\p{L}-])(?:\\s(?:who|that|without|with)\\b.*)?[^\\p{L}\\p{N}]*$`,
  "iu",
);

export function requestedForm(asked: string): RequestedForm {
  const question = oneLine(asked);
  const length = LENGTH.exec(question);
  const wished = length?.[1] ?? THINGS.exec(question)?.[1];
  const count = wished === undefined ? shortCount(question) : numberOf(wished);
  const bullets = BULLETS.test(question) || /^(?:bullet|point|takeaway)/i.test(length?.[2] ?? "");
  const rest = [LENGTH, BULLETS, SHORT, PLAIN]
    .reduce((text, pattern) => text.replace(pattern, " "), question)
    .replace(AUDIENCE, "$1");
  return { ...(count === undefined ? {} : { count }), bullets, plain: PLAIN.test(question), rest };
}

function shortCount(question: string): number | undefined {
  return SHORT.test(question) ? SHORT_COUNT : undefined;
}

function numberOf(text: string): number {
  const spelled = NUMBERS.indexOf(text.toLowerCase()) + 1;
  return Math.max(1, spelled || Number.parseInt(text, 10) || 1);
}
