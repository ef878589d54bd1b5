import type { ExportFormat } from "../../src/protocol.ts";
import { openSidebar } from "../app/sidebar-state.ts";
import type { Chat } from "../state/chat.ts";
import { startAnew } from "../state/chats.ts";
import { client } from "../state/client.ts";
import { notify } from "../state/notice.ts";
import { toProblem } from "../state/problem.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { saveFile } from "../ui/save-file.ts";
import { useTitle } from "../ui/use-title.ts";

const EXPORTS: readonly { label: string; format: ExportFormat; ending: string; mediaType: string }[] = [
  { label: "Conversation as Markdown", format: "markdown", ending: "md", mediaType: "text/markdown" },
  { label: "References as BibTeX", format: "bibtex", ending: "bib", mediaType: "application/x-bibtex" },
  {
    label: "References as RIS",
    format: "ris",
    ending: "ris",
    mediaType: "application/x-research-info-systems",
  },
];

interface Props {
  readonly chat: Chat;
  readonly id: string | undefined;
  readonly title: string;
}

/** The head of a conversation: its title, and what can be taken away from it. */
export function ChatBar({ id, title }: Props) {
  useTitle(id === undefined ? "" : title);
  const items: MenuItem[] = EXPORTS.map(({ label, format, ending, mediaType }) => ({
    label,
    icon: "export",
    run: () => void save(id ?? "", format, `${fileName(title)}.${ending}`, mediaType),
  }));
  return (
    <header className="bar">
      <IconButton icon="menu" label="Conversations" className="only-narrow" onClick={openSidebar} />
      {id === undefined ? (
        <span className="bar-title" />
      ) : (
        <h1 className="bar-title" dir="auto">
          {title}
        </h1>
      )}
      {id === undefined ? null : <Menu icon="export" label="Export" items={items} />}
      <IconButton icon="plus" label="New conversation" className="only-narrow" onClick={startAnew} />
    </header>
  );
}

async function save(id: string, format: ExportFormat, name: string, mediaType: string): Promise<void> {
  try {
    saveFile(name, await client.exportConversation(id, format), mediaType);
  } catch (error) {
    notify(toProblem(error).message);
  }
}

function fileName(title: string): string {
  const name = title
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return name === "" ? "conversation" : name;
}
