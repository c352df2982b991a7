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

@SQLITE
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('link', 'link_matter', '1000000 1000000 2 1'),
  ('link', 'link_other', '1000000 1000000 2 1'),
  ('link', 'link_pair', '1000000 1000000 2 1 1'),
  ('link', 'link_member', '500000 500000 1');
ANALYZE sqlite_schema;
@END
