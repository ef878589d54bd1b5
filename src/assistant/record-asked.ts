/** Which paper a message asks the record of, and for what. */
import { normalizeTitle } from "../corpus/identity/normalize-title.ts";
import type { Paper } from "../protocol.ts";
import { resolveFollowUp, type Turn } from "../question/follow-up.ts";
import { namedPapers } from "../question/named-papers.ts";
import {
  mayAskRecord,
  numberAsked,
  type RecordAspect,
  recordQuestion,
  wordsOfName,
} from "../question/record-question.ts";
import { scopeFilter } from "../retrieval/scope.ts";
import { fold } from "../text/fold.ts";
import type { Asked } from "./from-records.ts";
import type { Snapshot } from "./live-index.ts";

/** Words of a title at most; one of more is a question. */
const NAME_WORDS = 40;
/** Papers that are compared with what is said. */
const CANDIDATES = 200;

interface RecordAsked {
  readonly paper: Paper;
  readonly aspects: readonly RecordAspect[];
  /** Papers alike that are asked for. */
  readonly most: number | undefined;
  readonly standaloneQuestion: string;
}

export async function recordAsked(
  { question: { text: question }, scope }: Asked,
  history: readonly Turn[],
  { generation: { catalog }, retriever }: Snapshot,
): Promise<RecordAsked | undefined> {
  if (!mayAskRecord(question)) return undefined;
  const most = numberAsked(question);
  const aspects = recordQuestion(question);
  if (aspects.length > 0) {
    const spoken = history.flatMap(({ papers }) => papers.map(({ title }) => title));
    if (spoken.length === 0) return undefined;
    const standaloneQuestion = resolveFollowUp(question, history);
    const title = spoken.find((one) => standaloneQuestion.includes(`“${one}”`));
    const paper = title === undefined ? undefined : catalog.byKey(`title:${normalizeTitle(title)}`)?.paper;
    return paper === undefined ? undefined : { paper, aspects, most, standaloneQuestion };
  }
  const spelled = await retriever.spelled(question);
  const isIn = scopeFilter(catalog, scope) ?? (() => true);
  const found = mayBeNamed(catalog.all(), spelled).filter(isIn);
  const rarity = { corpusSize: catalog.size, idf: (term: string) => retriever.idf(term) };
  const { papers, rest, guessed } = namedPapers(spelled, found, (paper) => paper, rarity);
  const [paper] = papers;
  const asked = recordQuestion(rest);
  if (paper === undefined || papers.length > 1 || guessed || asked.length === 0) return undefined;
  return { paper, aspects: asked, most: numberAsked(rest), standaloneQuestion: question };
}

/** The papers that have every word which is none of asking: one is named by them, or none. */
function mayBeNamed(papers: readonly Paper[], question: string): Paper[] {
  const words = [...new Set(wordsOfName(question))];
  if (words.length === 0 || words.length > NAME_WORDS) return [];
  return papers
    .filter(({ title, abstract }) => {
      const text = fold(`${title} ${abstract}`).replace(/['’]/g, "");
      return words.every((word) => text.includes(word));
    })
    .slice(0, CANDIDATES);
}
