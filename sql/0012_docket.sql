-- What a matter becomes: its case number, its parts, and how it is put away.

-- The register of case numbers 〔year〕…人调字第…号: per committee and year, without a gap. A
-- number is never used again; that of a void matter stays with the reason.
CREATE TABLE docket (
  id        BIGINT @ID,
  home      BIGINT NOT NULL,
  org       BIGINT NOT NULL,             -- the committee
  year      BIGINT NOT NULL,             -- calendar year of acceptance
  no        BIGINT NOT NULL,             -- 1, 2, 3 … in it
  matter    BIGINT NOT NULL,
  label     TEXT NOT NULL,               -- as on the papers
  given_at  BIGINT NOT NULL,             -- day of acceptance, which may lie before its record
  voided_at BIGINT NOT NULL,             -- 0 good
  reason    TEXT NOT NULL,               -- why void, '' good
  @KEY(home, id)
);
CREATE UNIQUE INDEX docket_no ON docket (home, org, year, no);
CREATE UNIQUE INDEX docket_matter ON docket (home, matter, org);

-- Asked to be made void 作废, and what a second person decided.
CREATE TABLE voiding (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  matter     BIGINT NOT NULL,
  reason     TEXT NOT NULL,
  asked_by   BIGINT NOT NULL,
  asked_at   BIGINT NOT NULL,
  decided_by BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,            -- 0 not yet
  confirmed  BIGINT NOT NULL,
  note       TEXT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX voiding_matter ON voiding (home, matter, id);

-- Matters that became one, or parts of one.
CREATE TABLE tie (
  id       BIGINT @ID,
  home     BIGINT NOT NULL,
  matter   BIGINT NOT NULL,              -- was merged, or is a part
  other    BIGINT NOT NULL,              -- the head, or the whole
  relation BIGINT NOT NULL,              -- merged, part
  was      BIGINT NOT NULL,              -- state the merged matter goes back to
  reason   TEXT NOT NULL,
  made_by  BIGINT NOT NULL,
  made_at  BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,              -- 0 holds
  @KEY(home, id)
);
CREATE INDEX tie_matter ON tie (home, matter, id);
CREATE INDEX tie_other ON tie (home, other, relation);

@SQLITE
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('docket', 'docket_no', '500000 500000 2000 300 1'),
  ('docket', 'docket_matter', '500000 500000 1 1'),
  ('voiding', 'voiding_matter', '1000 1000 1 1'),
  ('tie', 'tie_matter', '1000 1000 1 1'),
  ('tie', 'tie_other', '1000 1000 2 2');
ANALYZE sqlite_schema;
@END
