/** What kind of question is asked, which decides the shape of its answer: by English function words and verbs of asking. */
import { STOP_WORDS } from "../retrieval/stop-words.ts";
import { LEADING_MARKS } from "../util/leading-marks.ts";
import { smallTalk } from "./small-talk.ts";

export type QuestionKind = "fact" | "explanation" | "summary" | "comparison" | "survey" | "small-talk";

/** What the question calls by name (retrieval/named-papers.ts). */
export interface Naming {
  /** Titles. */
  readonly titles: readonly string[];
  /** The question without the names. */
  readonly rest: string;
}

const any = (...patterns: string[]): RegExp => new RegExp(patterns.join("|"), "iu");
const word = (...alternatives: string[]): string => `\\b(?:${alternatives.join("|")})\\b`;

/** Works themselves; asked for in the plural, they are a list to be drawn up. */
const WORKS = "(?:papers|works|studies|articles|publications|surveys|reviews|preprints|authors|researchers)";
const WORK = "(?:paper|work|study|article|publication|survey|review|preprint)";
const WAYS =
  "(?:methods|approaches|techniques|models|systems|algorithms|architectures|strategies|solutions|remedies|ideas|benchmarks|data ?sets|results|findings|ways|tricks|tools|theories|explanations|frameworks)";
const WORDS_BETWEEN = "(?:[\\p{L}\\p{N}-]{1,40}\\s+){0,3}";
/** Where a question, or one of several, begins. */
const HEAD = `(?:^${LEADING_MARKS}|[.?!:;,]\\s+)`;

/** Asks to set things side by side. "Compared with" alone only says what a figure is measured against. */
const COMPARISON = any(
  `${HEAD}(?:please |can you |could you )?(?:compare|contrast)\\b`,
  word("versus", "vs", "side by side", "in common", "differences?", "comparison of", "comparison between"),
  `\\bhow (?:do|does|did|is|are|was|were)\\b[^?]{0,300}${word("compares?", "differ", "differs", "different", "related?", "relates")}`,
);
/** Sets two papers against each other, where two are named. */
const BETWEEN_TWO = any(
  word("or", "which", "both", "two", "than", "more", "less", "better", "worse", "\\p{L}{3,20}er"),
);
/** Asks for the whole of something in brief. */
const SUMMARY = any(
  "\\bsumm?[ae]r(?:y|i[sz])",
  word(
    "sum (?:it |this |that )?up",
    "tl;?\\s?dr",
    "overview",
    "gist",
    "outline",
    "nutshell",
    "recap",
    "in brief",
  ),
  word("walk me through", "help me (?:to )?(?:read|understand)", "takeaways?"),
  word("(?:key|main|central|core) (?:ideas?|points?|claims?|results?|messages?|contributions?|findings?)"),
);
/** Words of asking, and of setting side by side: they name nothing that is asked for. */
const ASKING = new Set(
  `explain describe present introduce tell talk give show know teach help understand please short paper papers one ones s
  compare compared comparing comparison contrast difference differences differ different versus vs side related
  relate common mean means meaning stand stands`.split(/\s+/),
);
/** "I'm reading about X", "I would like to know more about X": who asks, and nothing that is asked for. */
const ABOUT_ME = new RegExp(
  `(?:^${LEADING_MARKS}|[.!;]\\s+)(?:i|we)(?:['’](?:m|d|ve|re)|\\s+(?:am|are|was|were|would|have|want|need))?\\s+(?:\\p{L}{1,40}\\s+){0,5}?(?:about|on|in|into|at)\\b`,
  "giu",
);
/** "the retrieval head paper", "the one on pruning": a paper by what it is about. */
const ONE_PAPER = any(
  `\\b(?:the|this|that)\\s+(?:\\S+\\s+){0,7}${WORK}\\b|\\bthe one (?:on|about|with|by|from)\\b`,
);
/** Nothing is said but which paper: "explain the retrieval head paper", "what is the one on pruning about?" */
const ABOUT_PAPER = any(
  `^${LEADING_MARKS}(?:please |can you |could you )?(?:(?:explain|describe|present|introduce|tell me about)\\s+)?(?:the|this|that)\\s+(?:[^\\s?,]+\\s+){0,7}${WORK}\\b(?:\\W|\\bshort|\\bplease)*$`,
);
const WHAT_IS = /\bwhat(?:['’]s| is| was)\b/iu;
const ABOUT_AT_END = /\babout\W*$/iu;
/** Works by what they are about, as a list would be headed: "three papers on pruning". */
const HEADING =
  "(?:(?:please|can you|could you|give|show|find|recommend|suggest|tell|me|us|i need|i want)\\s+)*";
const NOT_ASKING = "(?!(?:how|why|when|where|who|do|does|did|is|are|in|of)\\b)";
const SURVEY = any(
  `${HEAD}${HEADING}${NOT_ASKING}${WORDS_BETWEEN}${WORKS}\\s+(?:on|about|from|of|in|with|that|using|by)\\b`,
  `${HEAD}${HEADING}(?:an?\\s+)?(?:\\p{L}{1,40}\\s+)?(?:overview|survey|review)\\s+(?:of|on|about)\\b`,
  `${HEAD}${HEADING}(?:\\d+|two|three|four|five|six|seven|eight|nine|ten)\\s+${WORDS_BETWEEN}(?:${WORKS}|${WAYS})\\b`,
  `\\b(?:which|what|any|list|all|some|other|more|(?<!how )many|of|few|recent|overview)\\s+${WORDS_BETWEEN}${WORKS}\\b`,
  `${HEAD}(?:which|what|any|list|show me|find|name)\\s+${WORDS_BETWEEN}${WAYS}\\b(?!\\s+(?:do|does|did|is|was|has|had)\\b)`,
  `\\b${WAYS}\\s+(?:are there|exist)\\b|\\bare there (?:any |some |other )?${WORDS_BETWEEN}(?:${WORKS}|${WAYS})\\b`,
  `\\bis there (?:a|an|any|another)\\s+${WORDS_BETWEEN}${WORK}\\b`,
  "\\b(?:has|have) been (?:tried|done|proposed|suggested|studied|said|written)\\b|\\bwhat was (?:tried|done)\\b",
  `\\bdo the (?:${WORKS}|${WAYS}) (?:dis)?agree\\b|\\bevidence (?:for|against)\\b`,
  "\\bwho (?:else|has|have|studies|studied|works|worked)\\b|\\b(?:has|have|did) any(?:one|body)\\b",
  "\\b(?:literature|related work) (?:on|about)\\b",
);
const EXPLANATION = any(
  word("why", "explain", "describe", "how come", "what does it mean", "what makes", "tell me", "reason for"),
  "\\bhow(?! (?:many|much|long|often|far|large|big|small|old|high|low|deep|few|fast|quick|quickly|quicker|faster|close|well|accurate)\\b)\\b",
);

export function questionKind(question: string, { titles, rest }: Naming): QuestionKind {
  if (smallTalk(question) !== undefined) return "small-talk";
  const named = titles.length;
  if (named > 1 && (COMPARISON.test(rest) || BETWEEN_TWO.test(rest))) return "comparison";
  if (SUMMARY.test(rest) && (named > 0 || ONE_PAPER.test(rest))) return "summary";
  if (named > 0 ? !asksMore({ titles, rest }) : asksAboutPaper(rest) && ONE_PAPER.test(rest))
    return "summary";
  if (named === 0 && SURVEY.test(rest)) return "survey";
  if (COMPARISON.test(rest)) return "comparison";
  return EXPLANATION.test(rest) ? "explanation" : "fact";
}

function asksAboutPaper(rest: string): boolean {
  const [what, about] = [WHAT_IS, ABOUT_AT_END].map((pattern) => rest.search(pattern)) as [number, number];
  return ABOUT_PAPER.test(rest) || (what >= 0 && what < about);
}

/** Whether anything is asked beside what the named papers are about: a word is left that is not of asking or of their titles. */
export function asksMore({ titles, rest }: Naming): boolean {
  const known = new Set(wordsOf(titles.join(" ")));
  return wordsOf(rest.replace(ABOUT_ME, " ")).some(
    (text) => !(STOP_WORDS.has(text) || ASKING.has(text) || known.has(text)),
  );
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
