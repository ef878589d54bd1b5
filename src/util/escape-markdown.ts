/**
 * Plain text as Markdown that renders as that text. Only what would change the rendering is escaped, so that most
 * sentences stay as they are: emphasis and code marks, link and note brackets, raw HTML. Inline LaTeX between dollar
 * signs stays as it is, for the renderer of formulas, but for an empty group where it would read as a note ("v[1]").
 * White space is folded, which Markdown would do anyway.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .split(/(\$[^$\n]+\$)/)
    .map((part, index) =>
      index % 2 === 1 ? part.replace(/\[(?=\d+\])/g, "[{}") : part.replace(/[\\`*_[\]<>#|~]/g, "\\$&"),
    )
    .join("");
}
