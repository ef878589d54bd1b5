import { memo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import { Formula } from "./formula.tsx";
import { type NotesOptions, remarkNotes } from "./remark-notes.ts";

interface Props extends NotesOptions {
  readonly text: string;
}

const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;

const COMPONENTS: Components = {
  // Nothing is loaded from elsewhere.
  img: ({ alt }) => <span className="no-image">{alt}</span>,
  a: ({ href = "", children }) =>
    SAFE_ADDRESS.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // Footnotes of Markdown's own would be a second kind of note.
  input: () => null,
  code: ({ className, children }) => {
    if (!className?.includes("language-math")) return <code className={className}>{children}</code>;
    return <Formula tex={String(children)} display={className.includes("math-display")} />;
  },
  table: ({ children, dir }) => (
    <div className="table" dir={dir}>
      <table>{children}</table>
    </div>
  ),
};

/** One block of an answer. Redrawn only when its text or its notes change. */
export const MarkdownBlock = memo(
  ({ text, ...notes }: Props) => (
    <Markdown
      components={COMPONENTS}
      remarkPlugins={[remarkGfm, remarkMath, [remarkNotes, notes]]}
      urlTransform={(address) => address}
    >
      {text}
    </Markdown>
  ),
  (before, after) =>
    before.text === after.text &&
    before.offset === after.offset &&
    before.citations === after.citations &&
    before.unsupported === after.unsupported,
);
