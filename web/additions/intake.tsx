import { type FormEvent, useId, useRef, useState } from "react";
import { chosen, type Picked, pasted } from "./picked-files.ts";

/** Takes files and text. */
export function Intake({ onPick }: { readonly onPick: (picked: Picked) => void }) {
  return (
    <div className="add-intake">
      <div className="add-drop">
        <p>Drop files or folders anywhere here</p>
        <p className="add-hint">BibTeX, RIS, CSV, JSON, XML, PDF, Word and more</p>
        <p className="add-actions">
          <Picker label="Choose files" onPick={onPick} />
          <Picker label="Choose a folder" isFolder onPick={onPick} />
        </p>
      </div>
      <Paste onPick={onPick} />
    </div>
  );
}

interface PickerProps {
  readonly label: string;
  readonly isFolder?: boolean;
  readonly onPick: (picked: Picked) => void;
}

function Picker({ label, isFolder = false, onPick }: PickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        type="file"
        hidden
        multiple
        ref={(element) => {
          input.current = element;
          if (element !== null) element.webkitdirectory = isFolder;
        }}
        onChange={({ currentTarget }) => {
          onPick(chosen(currentTarget.files ?? []));
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

function Paste({ onPick }: { readonly onPick: (picked: Picked) => void }) {
  const [text, setText] = useState("");
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    onPick(pasted(text));
    setText("");
  };
  return (
    <form className="add-paste" onSubmit={submit}>
      <label htmlFor={id}>Or paste references</label>
      <textarea
        id={id}
        dir="auto"
        rows={4}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" className="button">
        Preview
      </button>
    </form>
  );
}
