import { useEffect, useState } from "react";
import {
  listed,
  moreConversations,
  refreshConversations,
  searchConversations,
} from "../state/conversations.ts";
import { useStore } from "../state/store.ts";
import { Problem } from "../ui/problem.tsx";
import { byDay } from "./by-day.ts";
import { ConversationRow } from "./conversation-row.tsx";

/** Milliseconds after a key press before the server is asked. */
const PAUSE_MS = 150;

/** All conversations, newest first, or those in which a word occurs. */
export function ConversationList() {
  const { conversations, nextCursor, query, loaded, problem } = useStore(listed);
  const [text, setText] = useState(query);
  useEffect(() => {
    if (text === listed.get().query) return;
    const timer = setTimeout(searchConversations, PAUSE_MS, text);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <nav className="conversations" aria-label="Conversations">
      <input
        id="find-conversation"
        type="search"
        dir="auto"
        aria-label="Search the conversations"
        placeholder="Search"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className="conversation-groups">
        {problem === undefined ? null : <Problem problem={problem} onRetry={refreshConversations} />}
        {byDay(conversations).map(({ name, items }) => (
          <section key={name}>
            <h2>{name}</h2>
            <ul>
              {items.map((conversation) => (
                <ConversationRow key={conversation.id} conversation={conversation} />
              ))}
            </ul>
          </section>
        ))}
        {loaded && conversations.length === 0 ? (
          <p className="none">
            {query === "" ? "Your conversations will be here." : "No conversation holds this."}
          </p>
        ) : null}
        {nextCursor === undefined ? null : (
          <button type="button" className="button more" onClick={() => void moreConversations()}>
            Show more
          </button>
        )}
      </div>
    </nav>
  );
}
