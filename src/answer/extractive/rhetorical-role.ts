/** What a sentence does in its abstract, by cue phrases and place: argumentative zoning (Teufel & Moens 2002). */

export type Role = "problem" | "approach" | "findings" | "limits" | "links";
export const ROLES: readonly Role[] = ["problem", "approach", "findings", "limits", "links"];

/** The authors or their text as the subject of a sentence. */
const AUTHORS =
  "(?:we|i|(?:this|the (?:present|current)|our|in this) (?:short )?(?:paper|work|article|note|survey|study|review|report|letter|thesis))";
const verbs = (list: string): string => `(?:${list})`;
const MAKE = verbs(
  "propos|introduc|present|develop|design|describ|devis|formulat|extend|adapt|appl|employ|leverag|utiliz|us(?:e|ing)\\b|train|build|construct|combin|augment|implement|creat|suggest|offer|provid|model|generaliz|stud|investigat|explor|examin|analy[sz]|address|ask|aim|consider|revisit|evaluat|test\\b|probe|compare|conduct|perform|survey|review|focus|learn|collect|curat|releas",
);
const FIND = verbs(
  "find|found|show|demonstrat|observ|prov(?:e|ed|es)\\b|establish|reveal|discover|confirm|report|achiev|obtain|identif|conclud|see\\b|uncover|outperform|reach|improv|highlight|reduc|verif|note\\b|boost|validat",
);
const ADVERB = "(?:\\s+(?:also|further|then|first|thus|hence|can|here|therefore|next|now|\\p{L}+ly))*";

interface Cue {
  readonly role: Role;
  readonly pattern: RegExp;
  /** In units of one plain cue; a place weighs up to 1. */
  readonly weight: number;
}

const cue = (role: Role, weight: number, pattern: string): Cue => ({
  role,
  weight,
  pattern: new RegExp(pattern, "iu"),
});

const CUES: readonly Cue[] = [
  cue("links", 3, "https?://|\\bgithub\\b|\\bproject (?:web)?(?:page|site)\\b"),
  cue(
    "links",
    3,
    "\\b(?:code|data|dataset|models?|implementation|demo|weights|checkpoints|software|toolkit|benchmark)\\b[^.]{0,60}\\b(?:is|are|be|made|publicly|freely|openly)\\b[^.]{0,30}\\b(?:available|released|open[- ]sourced|found at)\\b",
  ),
  cue(
    "links",
    2,
    "\\b(?:we|to) (?:will |also |publicly )*(?:release|open[- ]source|make)\\b[^.]{0,80}\\b(?:code|available|data|models?)\\b",
  ),
  cue(
    "limits",
    2.5,
    "\\blimitations?\\b[^.]{0,20}\\b(?:of (?:our|this|the proposed)|discuss)|\\b(?:we|also) discuss[^.]{0,60}\\blimit",
  ),
  cue(
    "limits",
    2,
    "\\b(?:future (?:work|research|directions?|studies)|open (?:questions?|problems?)|remains? (?:open|future|to be)|left (?:open|for))\\b",
  ),
  cue(
    "limits",
    1.6,
    "\\b(?:at the (?:cost|expense|price) of|caveat|our (?:method|approach|model|analysis)[^.]{0,40}\\b(?:fails?|limited|cannot|struggles?)|only (?:applies|holds|works))\\b",
  ),
  cue("findings", 2, `\\b${AUTHORS}${ADVERB}\\s+${FIND}`),
  cue(
    "findings",
    2,
    "\\b(?:results?|experiments?|evaluations?|evidence|findings?|analys[ei]s|simulations?|observations?|ablations?)\\b[^.]{0,80}\\b(?:show|suggest|indicat|demonstrat|reveal|confirm|support|highlight|find|prove|validat|verif|illustrat|establish)",
  ),
  cue(
    "findings",
    1.4,
    "\\b(?:outperform|surpass|exceed|state[- ]of[- ]the[- ]art|achiev|improv(?:es|ed|ement)|competitive|comparable|superior|significant(?:ly)?|consistently)",
  ),
  cue("findings", 1.2, "\\d(?:\\.\\d+)?\\s*(?:\\\\?%|x\\b|×|times\\b|points?\\b)|\\bup to \\d"),
  cue(
    "findings",
    1,
    "^(?:finally|overall|taken together|notably|interestingly|surprisingly|remarkably|strikingly|empirically|importantly|collectively)\\b",
  ),
  cue("approach", 2.8, `\\b${AUTHORS}${ADVERB}\\s+(?:${MAKE})`),
  cue(
    "approach",
    1.4,
    "\\b(?:is|are)(?: also| then)? (?:proposed|introduced|presented|described|developed)\\b|\\b(?:also )?proposed (?:is|are)\\b|\\b(?:our|the proposed|this) (?:\\p{L}+[- ]){0,2}(?:method|approach|model|framework|algorithm|architecture|technique|system|scheme|procedure|objective|strategy|network|module)s?\\b",
  ),
  cue(
    "approach",
    1,
    "^(?:to (?:address|tackle|overcome|this end|that end|achieve|remedy|solve|mitigate|bridge|fill)|specifically|concretely|inspired by|motivated by|based on|by \\p{L}+ing|instead|building on|key to|the (?:key|core|main|central) idea)\\b",
  ),
  cue(
    "problem",
    2,
    "\\b(?:however|yet|but|although|despite|unfortunately|nevertheless|while)\\b[^.]{0,200}\\b(?:not|lack|limit|fail|unclear|difficult|challeng|poor|costly|expensive|suffer|struggl|little|few|unknown|unexplored|hard|hinder|prohibit|requir|ignor|neglect|remain|under-?(?:studied|explored)|problem|overhead|cannot|only|unable)",
  ),
  cue(
    "problem",
    1.4,
    "\\b(?:remains? (?:a|an|largely|unclear|challeng|poorly|under|elusive|difficult)|little is known|(?:is|are) (?:not (?:well|yet|fully)|poorly|still not) |open (?:question|problem)s?|challeng(?:e|ing)|bottleneck|suffers? from|struggles?|drawback|lacks?\\b|it is unclear|prohibitive|crucial|important|essential|critical|fundamental|widely|popular|recent(?:ly)?|existing|current|traditional(?:ly)?|previous|prior (?:work|stud(?:y|ies)|research|art|approaches|methods)|conventional|typically|commonly|often)\\b",
  ),
];

/** How much an abstract's beginning speaks for background, its middle for approach and its end for findings. */
function placeWeight(role: Role, place: number): number {
  if (role === "problem") return 1.2 - 2.4 * place;
  if (role === "approach") return 0.5 - Math.abs(place - 0.4);
  if (role === "findings") return 1.6 * place - 0.7;
  return place - 1;
}

/** Once the authors have said what they do or find, with so much of a cue, background is over. */
const OWN_WORK_BEGUN = 1.5;
/** What a sentence then gains as a finding that goes on from the one before ("Moreover, …"). */
const GOES_ON = /^(?:moreover|furthermore|in addition|additionally|further|also)\b/i;
const GOING_ON = 1;

/** A sentence's likeliest role, and how much speaks for it: 0 is nothing, 2 one strong cue. */
export interface RoleOfSentence {
  readonly role: Role;
  readonly weight: number;
}

/** For each sentence of an abstract, in order. */
export function rolesOf(sentences: readonly string[]): RoleOfSentence[] {
  let begun = false;
  return sentences.map((sentence, at) => {
    const place = sentences.length === 1 ? 0 : at / (sentences.length - 1);
    const scores = new Map(ROLES.map((role) => [role, placeWeight(role, place)]));
    const add = (role: Role, weight: number) => scores.set(role, (scores.get(role) ?? 0) + weight);
    for (const { role, weight, pattern } of CUES) if (pattern.test(sentence)) add(role, weight);
    if (begun) add("problem", -OWN_WORK_BEGUN);
    if (begun && GOES_ON.test(sentence)) add("findings", GOING_ON);
    const [role, weight] = [...scores].reduce((best, next) => (next[1] > best[1] ? next : best));
    begun ||= role !== "problem" && weight >= OWN_WORK_BEGUN;
    return { role, weight };
  });
}
