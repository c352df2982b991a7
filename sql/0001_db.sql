-- What the room db keeps for itself: leases, the feed, the search index.

-- Who may do what only one process may do at a time; taken again in the very
-- transaction whose work it guards.
CREATE TABLE lease (
  name     TEXT NOT NULL,
  holder   TEXT NOT NULL,                -- one process
  until_ms BIGINT NOT NULL,
  @KEY(name)
);

-- Everything that happened, numbered densely in commit order. The last row is
-- never deleted: the next number is counted from it.
CREATE TABLE feed (
  seq     BIGINT @ID,                    -- 1, 2, 3 … without a gap
  home    BIGINT NOT NULL,
  matter  BIGINT NOT NULL,               -- 0 none
  kind    TEXT NOT NULL,                 -- slug of what happened
  subject BIGINT NOT NULL,               -- claim, assignment, account …; 0 the matter
  actor   BIGINT NOT NULL,               -- account, 0 the clock
  at      BIGINT NOT NULL,
  entry   BIGINT NOT NULL,               -- number in the journal's chain
  @KEY(seq)
);
-- Committed, but not numbered yet (PostgreSQL only; the writer numbers at once on SQLite).
CREATE TABLE feed_pending (
  id       BIGINT @ID,
  added_us BIGINT NOT NULL,              -- the server's one clock: order of the matter's lock
  home     BIGINT NOT NULL,
  matter   BIGINT NOT NULL,
  kind     TEXT NOT NULL,
  subject  BIGINT NOT NULL,
  actor    BIGINT NOT NULL,
  at       BIGINT NOT NULL,
  entry    BIGINT NOT NULL,
  @KEY(id)
);
CREATE INDEX feed_pending_order ON feed_pending (added_us, id);
-- How far each consumer of the feed has come.
CREATE TABLE feed_cursor (
  name TEXT NOT NULL,
  seq  BIGINT NOT NULL,
  @KEY(name)
);

-- Folded texts and the scopes that may find them; derived, may be rebuilt.
CREATE TABLE search_doc (
  id     BIGINT @ID,
  text   TEXT NOT NULL,
  scopes TEXT NOT NULL,                  -- "_1f _20": tokens no word can equal
  @KEY(id)
);
-- How often a term occurs, of one document in sixteen: near texts are looked for by
-- their rarest terms. Wrong counts cost time only.
CREATE TABLE search_count (
  term TEXT NOT NULL,
  n    BIGINT NOT NULL,
  @KEY(term)
);
@SQLITE
CREATE VIRTUAL TABLE search_term USING fts5(terms, content='', detail=none, columnsize=0,
  tokenize="ascii tokenchars '_'");
@END
@PGSQL
ALTER TABLE search_doc ADD COLUMN terms tsvector NOT NULL;
ALTER TABLE search_doc ADD COLUMN holders BIGINT[] NOT NULL;    -- its rows of search_scope
-- GIN hands over all hits in no order: what is in many documents is looked for in the
-- scope's own, newest first.
CREATE TABLE search_scope (
  scope BIGINT NOT NULL,
  doc   BIGINT NOT NULL,
  PRIMARY KEY (scope, doc)
);
-- A search reads the pending list from end to end: 4 MB of it cost 20 ms, 256 kB 1 ms.
CREATE INDEX search_doc_terms ON search_doc USING gin (terms) WITH (gin_pending_list_limit = 256);
@END
