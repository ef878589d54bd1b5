import { type FormEvent, useState } from "react";
import { MAX_TITLE_LENGTH } from "../../src/protocol/limits.ts";
import type { Conversation } from "../../src/protocol.ts";
import { navigate } from "../router/navigate.ts";
import { chatPath } from "../router/route.ts";
import { useRoute } from "../router/use-route.ts";
import { chatOf, forget, startAnew } from "../state/chats.ts";
import { client } from "../state/client.ts";
import { changeConversation, dropConversation, refreshConversations } from "../state/conversations.ts";
import { notify } from "../state/notice.ts";
import { toProblem } from "../state/problem.ts";
import { Menu } from "../ui/menu.tsx";

/** A conversation in the list, with what can be done to it. */
export function ConversationRow({ conversation }: { readonly conversation: Conversation }) {
  const { id, title } = conversation;
  const route = useRoute();
  const isOpen = route.page === "chat" && route.conversationId === id;
  const [renaming, setRenaming] = useState(false);
  if (renaming) return <Rename conversation={conversation} onDone={() => setRenaming(false)} />;
  return (
    <li className="conversation" data-open={isOpen || undefined}>
      <a href={chatPath(id)} dir="auto" aria-current={isOpen ? "page" : undefined} title={title}>
        {title}
      </a>
      <Menu
        icon="more"
        label={`More for “${title}”`}
        items={[
          { label: "Rename", icon: "pencil", run: () => setRenaming(true) },
          { label: "Delete", icon: "trash", run: () => void remove(conversation, isOpen) },
        ]}
      />
    </li>
  );
}

function Rename({
  conversation,
  onDone,
}: {
  readonly conversation: Conversation;
  readonly onDone: () => void;
}) {
  const rename = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get("title")).trim();
    onDone();
    if (title === "" || title === conversation.title) return;
    changeConversation(conversation.id, { title });
    chatOf(conversation.id).rename(title);
    client.rename(conversation.id, title).catch((error: unknown) => {
      changeConversation(conversation.id, { title: conversation.title });
      notify(toProblem(error).message);
    });
  };
  return (
    <li className="conversation">
      <form onSubmit={rename}>
        <input
          name="title"
          dir="auto"
          aria-label="Title"
          defaultValue={conversation.title}
          maxLength={MAX_TITLE_LENGTH}
          autoComplete="off"
          ref={(input) => {
            input?.select();
          }}
          onBlur={onDone}
          onKeyDown={(event) => event.key === "Escape" && onDone()}
        />
      </form>
    </li>
  );
}

async function remove({ id, title }: Conversation, isOpen: boolean): Promise<void> {
  try {
    await client.remove(id);
  } catch (error) {
    return notify(toProblem(error).message);
  }
  dropConversation(id);
  if (isOpen) startAnew();
  forget(id);
  notify(`Deleted “${title.length > 40 ? `${title.slice(0, 40)}…` : title}”.`, {
    label: "Undo",
    run: () => {
      client.restore(id).then(
        () => {
          refreshConversations();
          if (isOpen) navigate(chatPath(id));
        },
        (error: unknown) => notify(toProblem(error).message),
      );
    },
  });
}
