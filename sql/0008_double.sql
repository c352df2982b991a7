-- Matters tied together by somebody.

-- One row for both sides. In a group, matter is the member and other the head; else
-- matter is the smaller id.
CREATE TABLE link (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  matter     BIGINT NOT NULL,
  other      BIGINT NOT NULL,
  relation   BIGINT NOT NULL,            -- same, related, group
  reason     TEXT NOT NULL,
  made_by    BIGINT NOT NULL,            -- account
  made_at    BIGINT NOT NULL,
  ended_by   BIGINT NOT NULL,            -- account, 0 holds
  ended_at   BIGINT NOT NULL,            -- 0 holds
  end_reason TEXT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX link_matter ON link (home, matter, id);
CREATE INDEX link_other ON link (home, other, id);
CREATE UNIQUE INDEX link_pair ON link (home, matter, other, relation) WHERE ended_at = 0;
CREATE UNIQUE INDEX link_member ON link (home, matter) WHERE relation = 2 AND ended_at = 0;

-- Who speaks for a group: parties of its matters, a few.
CREATE TABLE representative (
  id       BIGINT @ID,
  home     BIGINT NOT NULL,
  head     BIGINT NOT NULL,              -- matter that heads the group
  matter   BIGINT NOT NULL,              -- whose party it is
  party    BIGINT NOT NULL,
  note     TEXT NOT NULL,                -- how he or she was chosen
  made_at  BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,              -- 0 holds
  @KEY(home, id)
);
CREATE INDEX representative_head ON representative (home, head, id);
CREATE UNIQUE INDEX representative_once ON representative (home, head, party) WHERE ended_at = 0;

@SQLITE
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('link', 'link_matter', '1000000 1000000 2 1'),
  ('link', 'link_other', '1000000 1000000 2 1'),
  ('link', 'link_pair', '1000000 1000000 2 1 1'),
  ('link', 'link_member', '500000 500000 1'),
  ('representative', 'representative_head', '1000000 1000000 3 1'),
  ('representative', 'representative_once', '1000000 1000000 3 1');
ANALYZE sqlite_schema;
@END
