import type { ReferenceFormat } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { notify } from "../state/notice.ts";
import { toProblem } from "../state/problem.ts";
import { copy } from "../ui/copy.ts";

const FORMATS: readonly { readonly format: ReferenceFormat; readonly name: string }[] = [
  { format: "bibtex", name: "BibTeX" },
  { format: "ris", name: "RIS" },
];

/** Copies the reference to a paper. */
export function CiteButtons({ id }: { readonly id: string }) {
  const copyAs = async (format: ReferenceFormat, name: string) => {
    try {
      await copy(await client.citation(id, format), name);
    } catch (error) {
      notify(toProblem(error).message);
    }
  };
  return FORMATS.map(({ format, name }) => (
    <button type="button" className="button" key={format} onClick={() => void copyAs(format, name)}>
      Copy {name}
    </button>
  ));
}
