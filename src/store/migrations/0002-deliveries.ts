/** Of chat apps (DeliveryStore). `content` holds JSON; `thread` is the chat app's own name of it. */
export const DELIVERIES = `
CREATE TABLE delivery_keys (
  key TEXT PRIMARY KEY,
  taken_at INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_keys_by_age ON delivery_keys (taken_at);

CREATE TABLE deliveries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id TEXT NOT NULL UNIQUE,
  taken_at INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE threads (
  thread TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL
) STRICT;
`;
