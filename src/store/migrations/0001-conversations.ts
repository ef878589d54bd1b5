/**
 * `title`, `content` and `feedback` hold JSON: libsql cuts a text that it reads at the first NUL and replaces lone
 * surrogates, JSON escapes both. `folded` is the same text in one case, for searching. `touched` counts uses, so
 * that the newest conversation is first even when the clock jumps; `seq` does the same for messages.
 * The parent is checked at commit only: a cascade along a long thread would exceed SQLite's depth of 1,000.
 */
export const CONVERSATIONS = `
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  title TEXT NOT NULL,
  folded TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  touched INTEGER NOT NULL UNIQUE,
  deleted_at INTEGER
) STRICT;
CREATE INDEX conversations_by_use ON conversations (owner, touched) WHERE deleted_at IS NULL;
CREATE INDEX conversations_deleted ON conversations (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  created_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  folded TEXT NOT NULL,
  feedback TEXT
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id, seq);
CREATE INDEX messages_by_parent ON messages (parent_id);
`;
