/** Greetings, thanks and noise: they get a short friendly reply instead of papers. */

const GREETING = new Set(
  "hi hello hey hiya howdy greetings morning afternoon evening yo hallo salut".split(" "),
);
const THANKS = new Set("thanks thank thx ty cheers bye goodbye".split(" "));
/** Words that surround the above, or that make up talk about the assistant itself. */
const FILLER = new Set(
  `a about again all and any are awesome can chat cool could day do doing fine friend good great how i is it just lol
  me much my name nice night no of ok okay please really see so that the there this to today u up very well what
  what's whats who you your yes`.split(/\s+/),
);

export type SmallTalk = "greeting" | "thanks" | "chatter" | "noise";

/**
 * What kind of small talk a message is, or undefined when it asks something. By structure: every word is a word of
 * greeting, thanks or filler; or there is no word at all.
 */
export function smallTalk(text: string): SmallTalk | undefined {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{N}'’]*/gu) ?? [];
  if (words.length === 0) return "noise";
  if (!words.every((word) => GREETING.has(word) || THANKS.has(word) || FILLER.has(word.replace("’", "'"))))
    return;
  if (words.some((word) => THANKS.has(word))) return "thanks";
  return words.some((word) => GREETING.has(word)) ? "greeting" : "chatter";
}

const OPENINGS: Record<SmallTalk, string> = {
  greeting: "Hello.",
  thanks: "You are welcome.",
  chatter: "I only know the papers of this corpus.",
  noise: "I could not read a question in that.",
};

/** The reply: one line of courtesy, one that says what can be asked. */
export function smallTalkReply(kind: SmallTalk, corpusSize: number): string {
  return (
    `${OPENINGS[kind]} Ask me about the ${corpusSize} papers here: what one of them found, which of them study ` +
    "something, or for a summary of one by its title. Every sentence I answer with is quoted from an abstract."
  );
}
