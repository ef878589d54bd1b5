import { LESS_CERTAIN, NOT_FOUND, otherPapers } from "../../protocol/wording.ts";
import type { Answer, Citation } from "../../protocol.ts";
import type { Blocks } from "../web/slack-web.ts";
import { escapeText } from "./slack-text.ts";

/** Characters of a section's text: Slack refuses more than 3,000. */
const SECTION_LENGTH = 2900;
/** Characters of a title in the list, which five times as many may stand for, and of a link: together a section. */
const TITLE_LENGTH = 300;
const LINK_LENGTH = 1200;
/** Claims without support that are named one by one. */
const NAMED_CLAIMS = 3;
/** Characters of a claim that is named, or of a reason. */
const REMARK_LENGTH = 200;

/** Ids of the buttons below an answer; the value of each is the answer's messageId. */
export const ACTIONS = {
  feedback: "feedback",
  quotes: "show_quotes",
  bibtex: "copy_bibtex",
  open: "open_footnote",
} as const;

/**
 * What stands below an answer: its references, what its reader should know about it, buttons.
 * @param link the same conversation on the web
 */
export function answerBlocks(answer: Answer, link: string | undefined): Blocks {
  const notes = remarks(answer);
  return [
    ...sections([...referenceLines(answer.citations), ...otherLines(answer)]),
    ...(notes.length === 0
      ? []
      : [{ type: "context" as const, elements: notes.map((text) => ({ type: "mrkdwn" as const, text })) }]),
    feedbackButtons(answer.messageId),
    ...buttons(answer, link),
  ];
}

function referenceLines(citations: readonly Citation[]): string[] {
  const first = new Map<number, Citation>();
  for (const citation of citations) if (!first.has(citation.marker)) first.set(citation.marker, citation);
  return [...first.values()]
    .sort((a, b) => a.marker - b.marker)
    .map(({ marker, title, url }) => `[${marker}] ${linked(title, url)}`);
}

function otherLines(answer: Answer): string[] {
  return otherPapers(answer).flatMap(({ head, papers }) => [
    `*${head}*`,
    ...papers.map(({ paper }) => `• ${linked(paper.title, paper.url)}`),
  ]);
}

/** Anything but a web address is no link, and neither is one that would leave no room. */
function linked(title: string, url = ""): string {
  const text = escapeText(title.replace(/\s+/g, " ").slice(0, TITLE_LENGTH));
  const link = url.replace(/[<>|]/g, encodeURIComponent).replaceAll("&", "&amp;");
  if (!/^https?:\/\/\S+$/.test(link) || link.length > LINK_LENGTH) return text;
  return `<${link}|${text.replaceAll("|", "¦")}>`;
}

/** Lines in as few sections as they fit into. */
function sections(lines: readonly string[]): Blocks {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= SECTION_LENGTH) {
      texts[texts.length - 1] = `${last}\n${line}`;
    } else texts.push(line);
  }
  return texts.map((text) => ({ type: "section", text: { type: "mrkdwn", text } }));
}

function remarks(answer: Answer): string[] {
  const { fallback, unsupported, text, citations, confidence, shape } = answer;
  const claims = unsupported.slice(0, NAMED_CLAIMS).map(({ start, end }) => {
    const claim = text
      .slice(start, end)
      .replace(/\\(?=[!-/:-@[-`{-~])/g, "")
      .trim();
    return `No paper supports: “${escapeText(claim.slice(0, REMARK_LENGTH))}”`;
  });
  const more = unsupported.length - claims.length;
  const weak = [
    ...new Set(citations.filter(({ support }) => support === "weak").map(({ marker }) => marker)),
  ];
  return [
    ...(confidence === "tentative" ? [`${LESS_CERTAIN.label}: ${LESS_CERTAIN.why}`] : []),
    ...(shape === "none" ? [NOT_FOUND.waysOn] : []),
    ...(fallback === undefined
      ? []
      : [
          `${escapeText(fallback.from)} failed (${escapeText(fallback.reason.slice(0, REMARK_LENGTH))}): quoted from the papers instead`,
        ]),
    ...claims,
    ...(more > 0 ? [`and ${more} more claims without support`] : []),
    ...(weak.length > 0 ? [`Weak support: ${weak.map((marker) => `[${marker}]`).join(" ")}`] : []),
  ];
}

function feedbackButtons(messageId: string): Blocks[number] {
  const button = (text: string, rating: "up" | "down") => ({
    text: { type: "plain_text" as const, text },
    accessibility_label: rating === "up" ? "Rate this answer as good" : "Rate this answer as bad",
    value: `${rating}:${messageId}`,
  });
  return {
    type: "context_actions",
    elements: [
      {
        type: "feedback_buttons",
        action_id: ACTIONS.feedback,
        positive_button: button("Good answer", "up"),
        negative_button: button("Bad answer", "down"),
      },
    ],
  };
}

function buttons({ citations, messageId }: Answer, link: string | undefined): Blocks {
  const button = (text: string, action_id: string) => ({
    type: "button" as const,
    text: { type: "plain_text" as const, text },
    action_id,
  });
  const elements = [
    ...(citations.length === 0
      ? []
      : [
          { ...button("Show quotes", ACTIONS.quotes), value: messageId },
          { ...button("Copy BibTeX", ACTIONS.bibtex), value: messageId },
        ]),
    ...(link === undefined ? [] : [{ ...button("Open in Footnote", ACTIONS.open), url: link }]),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}
