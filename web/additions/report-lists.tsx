import type { AdditionReport } from "../../src/protocol.ts";
import { paperPath } from "../router/route.ts";
import { MathText } from "../ui/math-text.tsx";
import { FoldedList } from "./folded-list.tsx";

interface Props {
  readonly report: AdditionReport;
  /** Whether its papers are there, and have a page. */
  readonly isThere: boolean;
}

/** The papers that an addition brings or changes, and what of its files could not be used. */
export function ReportLists({ report, isThere }: Props) {
  const { papers, added, updated, problems, problemCount, notes = [] } = report;
  const titles = papers.map(({ id, title, change }) => ({
    key: id,
    content: (
      <>
        {isThere ? (
          <a dir="auto" href={paperPath(id)}>
            <MathText text={title} />
          </a>
        ) : (
          <span dir="auto">
            <MathText text={title} />
          </span>
        )}
        {change === "updated" && <span className="add-aside"> changed</span>}
      </>
    ),
  }));
  return (
    <>
      <FoldedList label="Papers" items={titles} total={added + updated} />
      <FoldedList label="Could not be used" items={problems.map(remark)} total={problemCount} />
      <FoldedList label="Left out, converted or merged" items={notes.map(remark)} />
    </>
  );
}

/** What is said of a place in a file. */
function remark({ file, line, reason }: AdditionReport["problems"][number], at: number) {
  const content = (
    <>
      <strong dir="auto">{file}</strong>
      {line === undefined ? "" : `, line ${line.toLocaleString("en")}`}: <span dir="auto">{reason}</span>
    </>
  );
  return { key: String(at), content };
}
