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
  round    BIGINT NOT NULL DEFAULT 0,    -- of the matter: a reason's maximum is for one
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

-- Urged 催办: who asked the body whose turn it was to go on.
CREATE TABLE urge (
  id       BIGINT @ID,
  home     BIGINT NOT NULL,
  matter   BIGINT NOT NULL,
  party    BIGINT NOT NULL,              -- 0: the owner body itself
  urged_by BIGINT NOT NULL,              -- account
  to_org   BIGINT NOT NULL,
  text     TEXT NOT NULL,
  at       BIGINT NOT NULL,
  answered_at BIGINT NOT NULL,           -- 0 open
  answered_by BIGINT NOT NULL,
  answer   TEXT NOT NULL,                -- '' by the next step
  @KEY(home, id)
);
CREATE INDEX urge_matter ON urge (home, matter, id);

-- A supervision 督办: the level above asks a body to answer for a fault.
CREATE TABLE supervision (
  id       BIGINT @ID,
  home     BIGINT NOT NULL,
  matter   BIGINT NOT NULL,
  fault    BIGINT NOT NULL,              -- enum supervision_fault
  by_org   BIGINT NOT NULL,
  supervised_by BIGINT NOT NULL,         -- account
  to_org   BIGINT NOT NULL,
  text     TEXT NOT NULL,
  at       BIGINT NOT NULL,
  answered_at BIGINT NOT NULL,           -- 0 open
  answered_by BIGINT NOT NULL,
  answer   TEXT NOT NULL,                -- '' the matter came to rest
  @KEY(home, id)
);
CREATE INDEX supervision_matter ON supervision (home, matter, id);
CREATE INDEX supervision_by ON supervision (home, by_org, id);
CREATE INDEX supervision_waiting ON supervision (home, by_org, id) WHERE answered_at = 0;

-- What a body, and a person for it, has done 已办: the last step in each matter.
CREATE TABLE done (
  home   BIGINT NOT NULL,
  holder BIGINT NOT NULL,                -- org or account
  matter BIGINT NOT NULL,
  at     BIGINT NOT NULL,
  action BIGINT NOT NULL,                -- enum matter_action
  @KEY(home, holder, matter)
);
CREATE INDEX done_at ON done (home, holder, at, matter);

@SQLITE
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('pause', 'pause_matter', '100000 100000 1 1'),
  ('pause', 'pause_open', '10000 10000 1'),
  ('pause', 'pause_until', '10000 10000 1'),
  ('consent', 'consent_matter', '100000 100000 2 1'),
  ('urge', 'urge_matter', '100000 100000 1 1'),
  ('supervision', 'supervision_matter', '100000 100000 1 1'),
  ('supervision', 'supervision_by', '100000 100000 1000 1'),
  ('supervision', 'supervision_waiting', '10000 10000 100 1'),
  ('done', 'done', '2000000 2000000 2000 1'),
  ('done', 'done_at', '2000000 2000000 2000 1 1');
ANALYZE sqlite_schema;
@END
