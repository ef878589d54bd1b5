/**
 * What `sqlite-search.ts` finds conversations by, without reading them. A `place` is 18 bits of the owner's number, 26 of
 * the conversation's and 19 of the text in it, of which 0 is the title: the places of one owner, and of one conversation,
 * follow one another. Texts that have none yet wait in `search_queue`; here all do, and a conversation has none.
 * Both tables keep no text. Words of a deleted one go when their pieces are merged: `user_version` is 1 until then
 * (`secure-delete` makes quick_check of SQLite 3.45 find tables without text malformed).
 */
export const SEARCH = `
ALTER TABLE conversations ADD COLUMN place INTEGER;
CREATE UNIQUE INDEX conversations_by_place ON conversations (place, deleted_at, touched) WHERE place IS NOT NULL;
CREATE INDEX conversations_to_place ON conversations (owner) WHERE place IS NULL;

CREATE TABLE search_owners (
  number INTEGER PRIMARY KEY CHECK (number < 1 << 18),
  owner TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_places (
  message INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
  place INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_queue (
  message INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE
) STRICT;
INSERT INTO search_queue (message) SELECT seq FROM messages;
CREATE TRIGGER messages_to_place AFTER INSERT ON messages BEGIN
  INSERT INTO search_queue (message) VALUES (new.seq);
END;

CREATE VIRTUAL TABLE search_text USING fts5 (
  text, content = '', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE search_short USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
`;
