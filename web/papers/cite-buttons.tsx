import { useState } from "react";
import type { ReferenceFormat } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { copyText } from "./copy-text.ts";

const FORMATS: readonly { readonly format: ReferenceFormat; readonly name: string }[] = [
  { format: "bibtex", name: "BibTeX" },
  { format: "ris", name: "RIS" },
];

/** Copies the reference to a paper. */
export function CiteButtons({ id }: { readonly id: string }) {
  const [said, setSaid] = useState("");
  const copy = async (format: ReferenceFormat, name: string) => {
    try {
      await copyText(await client.citation(id, format));
      setSaid(`${name} copied`);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      {FORMATS.map(({ format, name }) => (
        <button type="button" className="papers-button" key={format} onClick={() => void copy(format, name)}>
          Copy {name}
        </button>
      ))}
      <span role="status" className="papers-said">
        {said}
      </span>
    </>
  );
}
