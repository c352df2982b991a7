-- How a matter ended, what each side says to it, and what came afterwards.

-- A conclusion 结果: one a round, with what came of it.
CREATE TABLE conclusion (
  id           BIGINT @ID,
  home         BIGINT NOT NULL,
  matter       BIGINT NOT NULL,
  round        BIGINT NOT NULL,
  form         BIGINT NOT NULL,          -- of the agreement: none, written, oral
  complex      BIGINT NOT NULL DEFAULT 0,
  prevented    BIGINT NOT NULL DEFAULT 0, -- what would have come of it
  prevented_people BIGINT NOT NULL DEFAULT 0,
  routes       TEXT NOT NULL,            -- codes of route that were told, by blanks
  summary      TEXT NOT NULL,
  concluded_by BIGINT NOT NULL,          -- account
  at           BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE UNIQUE INDEX conclusion_round ON conclusion (home, matter, round);

-- How a claim ended, for one party or for all that have no row of their own; the
-- claim's own outcome is the sum.
CREATE TABLE outcome (
  id      BIGINT @ID,
  home    BIGINT NOT NULL,
  matter  BIGINT NOT NULL,
  round   BIGINT NOT NULL,
  claim   BIGINT NOT NULL,
  party   BIGINT NOT NULL,               -- 0 all others
  outcome TEXT NOT NULL,                 -- code
  settled BIGINT NOT NULL,               -- fen agreed
  note    TEXT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX outcome_matter ON outcome (home, matter, round, id);

-- What was agreed to be done by a day: visits are planned by it.
CREATE TABLE instalment (
  id     BIGINT @ID,
  home   BIGINT NOT NULL,
  matter BIGINT NOT NULL,
  round  BIGINT NOT NULL,
  due_on BIGINT NOT NULL,                -- day
  amount BIGINT NOT NULL,                -- fen
  note   TEXT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX instalment_matter ON instalment (home, matter, round, due_on);

-- A dated try to reach a party, or the party's own answer; never changed.
CREATE TABLE attempt (
  id          BIGINT @ID,
  home        BIGINT NOT NULL,
  matter      BIGINT NOT NULL,
  round       BIGINT NOT NULL,
  party       BIGINT NOT NULL,
  at          BIGINT NOT NULL,           -- when it was
  recorded_at BIGINT NOT NULL,
  channel     BIGINT NOT NULL,
  reached     BIGINT NOT NULL,
  answer      BIGINT NOT NULL,           -- none, yes, no
  note        TEXT NOT NULL,
  own         BIGINT NOT NULL,           -- the party wrote it itself
  author      BIGINT NOT NULL,           -- account
  @KEY(home, id)
);
CREATE INDEX attempt_matter ON attempt (home, matter, round, id);

-- A visit 回访: was it performed, did it flare up again, is help needed.
CREATE TABLE visit (
  id          BIGINT @ID,
  home        BIGINT NOT NULL,
  matter      BIGINT NOT NULL,
  round       BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  channel     BIGINT NOT NULL,
  reached     BIGINT NOT NULL,           -- somebody
  performance BIGINT NOT NULL,
  rebound     BIGINT NOT NULL,
  lawsuit     BIGINT NOT NULL,
  confirmed   BIGINT NOT NULL DEFAULT 0, -- the court confirmed the agreement
  help        TEXT NOT NULL,             -- help that is needed
  note        TEXT NOT NULL,
  next_on     BIGINT NOT NULL,           -- day of the next, 0 none
  author      BIGINT NOT NULL,           -- account
  @KEY(home, id)
);
CREATE INDEX visit_matter ON visit (home, matter, id);
CREATE TABLE visit_party (
  home         BIGINT NOT NULL,
  visit        BIGINT NOT NULL,
  party        BIGINT NOT NULL,
  reached      BIGINT NOT NULL,
  satisfaction BIGINT NOT NULL,
  note         TEXT NOT NULL,
  @KEY(home, visit, party)
);

-- A rating 评价: a party's own word on how it was handled, one a round.
CREATE TABLE rating (
  home         BIGINT NOT NULL,
  matter       BIGINT NOT NULL,
  round        BIGINT NOT NULL,
  party        BIGINT NOT NULL,
  satisfaction BIGINT NOT NULL,
  words        TEXT NOT NULL,
  own          BIGINT NOT NULL,          -- written by the party itself
  at           BIGINT NOT NULL,
  @KEY(home, matter, round, party)
);

-- A reopening 重启: which round it ended, how far that had come, and why.
CREATE TABLE reopening (
  id           BIGINT @ID,
  home         BIGINT NOT NULL,
  matter       BIGINT NOT NULL,
  round        BIGINT NOT NULL,          -- the one that ended
  party        BIGINT NOT NULL,          -- who asked, 0 the visitor or the door
  why          BIGINT NOT NULL,
  text         TEXT NOT NULL,
  author       BIGINT NOT NULL,          -- account
  at           BIGINT NOT NULL,
  concluded_at BIGINT NOT NULL,
  replied_at   BIGINT NOT NULL,
  closed_at    BIGINT NOT NULL,
  doubts       BIGINT NOT NULL,          -- bits of matter.facts: why it was no success
  @KEY(home, id)
);
CREATE INDEX reopening_matter ON reopening (home, matter, id);
-- What each claim had come to in a round that ended; the claim itself is open again.
CREATE TABLE claim_round (
  home    BIGINT NOT NULL,
  matter  BIGINT NOT NULL,
  round   BIGINT NOT NULL,
  claim   BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  settled BIGINT NOT NULL,
  doubts  BIGINT NOT NULL DEFAULT 0,     -- bits of its matter's facts: why it was no success
  @KEY(home, matter, round, claim)
);

@SQLITE
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('conclusion', 'conclusion_round', '1000000 1000000 1 1'),
  ('outcome', 'outcome_matter', '1000000 1000000 2 2 1'),
  ('instalment', 'instalment_matter', '1000000 1000000 2 2 1'),
  ('attempt', 'attempt_matter', '1000000 1000000 3 3 1'),
  ('visit', 'visit_matter', '1000000 1000000 2 1'),
  ('visit_party', 'visit_party', '1000000 1000000 2 1'),
  ('rating', 'rating', '1000000 1000000 2 2 1'),
  ('reopening', 'reopening_matter', '1000000 1000000 1 1'),
  ('claim_round', 'claim_round', '1000000 1000000 1 1 1');
ANALYZE sqlite_schema;
@END
