-- What is counted, and the counts that were published.

-- One row a matter, round and version: what a count of any time needs is never changed.
CREATE TABLE fact (
  home      BIGINT NOT NULL,
  matter    BIGINT NOT NULL,
  round     BIGINT NOT NULL,
  since_seq BIGINT NOT NULL,             -- place in the feed from which it is so
  until_seq BIGINT NOT NULL,             -- and until which, 0 still
  counts    BIGINT NOT NULL,             -- 0: void, merged, split up
  kind      BIGINT NOT NULL,
  type      BIGINT NOT NULL,             -- 1…18 of the Ministry's form, 0 none of them
  way       BIGINT NOT NULL,             -- proactive, applied for, referred
  referrer  BIGINT NOT NULL,             -- from whom
  body      BIGINT NOT NULL,             -- kind of organisation
  result    BIGINT NOT NULL,
  agreement BIGINT NOT NULL,             -- written, oral
  performed BIGINT NOT NULL,
  confirmed BIGINT NOT NULL,             -- by the court
  complex   BIGINT NOT NULL,
  prevented BIGINT NOT NULL,             -- what would have come of it
  prevented_people BIGINT NOT NULL,
  people    BIGINT NOT NULL,
  settled   BIGINT NOT NULL,             -- fen
  accepted  BIGINT NOT NULL,             -- days, 0 not yet; of a later round: reopened
  concluded BIGINT NOT NULL,
  closed    BIGINT NOT NULL,
  unit      BIGINT NOT NULL,             -- area: the town, or what is above it
  path      TEXT NOT NULL,               -- of the unit, as it was
  @KEY(home, matter, round, since_seq)
);
CREATE INDEX fact_accepted ON fact (home, accepted);
CREATE INDEX fact_concluded ON fact (home, concluded);
CREATE INDEX fact_since ON fact (home, since_seq);
-- Only of those that ended: nobody may come to look for a standing fact among all.
CREATE INDEX fact_until ON fact (home, until_seq) WHERE until_seq > 0;

-- A month closed: numbered, chained by hash, never changed.
CREATE TABLE edition (
  home      BIGINT NOT NULL,
  no        BIGINT NOT NULL,             -- 1, 2, 3 …
  month     BIGINT NOT NULL,             -- year * 100 + month
  cut_seq   BIGINT NOT NULL,             -- facts as they were at this place in the feed
  cells     BIGINT NOT NULL,
  prev      TEXT NOT NULL,               -- hash of edition no - 1, '' for the first
  hash      TEXT NOT NULL,
  made_at   BIGINT NOT NULL,
  @KEY(home, no)
);
CREATE UNIQUE INDEX edition_month ON edition (home, month);
-- Its exact counts, for the body itself. An earlier month than the edition's own is a
-- correction: what changed in it since the edition before.
CREATE TABLE edition_cell (
  home    BIGINT NOT NULL,
  edition BIGINT NOT NULL,
  month   BIGINT NOT NULL,
  unit    BIGINT NOT NULL,
  path    TEXT NOT NULL,
  row     BIGINT NOT NULL,               -- form.h
  col     BIGINT NOT NULL,
  value   BIGINT NOT NULL,
  @KEY(home, edition, month, unit, row, col)
);
-- What others get: sums of each area with small cells and their complements left out.
CREATE TABLE edition_public (
  home    BIGINT NOT NULL,
  edition BIGINT NOT NULL,
  area    BIGINT NOT NULL,
  row     BIGINT NOT NULL,
  col     BIGINT NOT NULL,
  value   BIGINT NOT NULL,               -- 0 where it is left out
  hidden  BIGINT NOT NULL,
  @KEY(home, edition, area, row, col)
);

@SQLITE
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('fact', 'fact', '1000000 1000000 2 1 1'),
  ('fact', 'fact_accepted', '1000000 1000000 1000'),
  ('fact', 'fact_concluded', '1000000 1000000 1000'),
  ('fact', 'fact_since', '1000000 1000000 5'),
  ('fact', 'fact_until', '1000000 1000000 100'),
  ('edition_cell', 'edition_cell', '1000000 1000000 10000 9000 300 20 1'),
  ('edition_public', 'edition_public', '1000000 1000000 10000 300 20 1');
ANALYZE sqlite_schema;
@END
