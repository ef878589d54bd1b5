import { toSpeech } from "../../web/chat/to-speech.ts";
import { LineScanner } from "../../web/markdown/line-scanner.ts";
import { planBlocks } from "../../web/markdown/plan-blocks.ts";
import { sourceOffsets } from "../../web/markdown/source-offsets.ts";
import { splitBlocks } from "../../web/markdown/split-blocks.ts";
import { weigh } from "../../web/markdown/weigh.ts";
import { bestSentence } from "../../web/notes/best-sentence.ts";
import { paperLinks, searchLinks } from "../../web/notes/paper-links.ts";
import { samplePaper } from "./sample-answer.ts";

type Read = (text: string) => unknown;

/** As TEXT_READERS, of the page. */
export const PAGE_TEXT_READERS: Readonly<Record<string, Readonly<Record<string, Read>>>> = {
  "web/chat/to-speech.ts": { toSpeech: (text) => toSpeech(text, false) },
  "web/markdown/source-offsets.ts": { sourceOffsets: (text) => sourceOffsets(text, text, 0) },
  "web/markdown/split-blocks.ts": { splitBlocks },
  "web/notes/best-sentence.ts": { bestSentence: (text) => bestSentence([{ text }], text) },
  "web/notes/paper-links.ts": {
    paperLinks: (text) => paperLinks({ ...samplePaper, url: text, doi: text }),
    searchLinks: (text) => searchLinks({ title: text }),
  },
  "web/markdown/line-scanner.ts": { LineScanner: (text) => new LineScanner().ends(text) },
  "web/markdown/plan-blocks.ts": { planBlocks },
  "web/markdown/weigh.ts": { weigh },
};
