-- Clocks that stand, and who asks a body to act.

-- A pause 中止: why and how long the clocks of a matter stand.
CREATE TABLE pause (
  id       BIGINT @ID,
  home     BIGINT NOT NULL,
  matter   BIGINT NOT NULL,
  reason   TEXT NOT NULL,                -- code of pause_reason
  text     TEXT NOT NULL,                -- as the parties were told
  at       BIGINT NOT NULL,
  until    BIGINT NOT NULL,              -- ends by itself then
  ended_at BIGINT NOT NULL,              -- 0 it stands still
  paused_by BIGINT NOT NULL,             -- account
  @KEY(home, id)
);
CREATE INDEX pause_matter ON pause (home, matter, id);
CREATE UNIQUE INDEX pause_open ON pause (home, matter) WHERE ended_at = 0;
CREATE INDEX pause_until ON pause (home, until) WHERE ended_at = 0;

-- A consent 同意: what a party agreed to, when and by which channel it said so.
CREATE TABLE consent (
  id       BIGINT @ID,
  home     BIGINT NOT NULL,
  matter   BIGINT NOT NULL,
  purpose  BIGINT NOT NULL,              -- enum consent_purpose
  subject  BIGINT NOT NULL,              -- the pause, the deadline
  party    BIGINT NOT NULL,
  at       BIGINT NOT NULL,              -- when it was given
  channel  BIGINT NOT NULL,
  note     TEXT NOT NULL,
  taken_by BIGINT NOT NULL,              -- account that wrote it down
  recorded_at BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX consent_matter ON consent (home, matter, id);

@SQLITE
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('pause', 'pause_matter', '100000 100000 1 1'),
  ('pause', 'pause_open', '10000 10000 1'),
  ('pause', 'pause_until', '10000 10000 1'),
  ('consent', 'consent_matter', '100000 100000 2 1');
ANALYZE sqlite_schema;
@END
