-- A matter and what hangs on it.

CREATE TABLE matter (
  id           BIGINT @ID,
  home         BIGINT NOT NULL,
  number       TEXT NOT NULL,            -- public, for life
  pin          TEXT NOT NULL,            -- keyed hash of the query pin
  client_ref   TEXT NOT NULL,            -- the filer's own key, '' none
  kind         BIGINT NOT NULL,
  state        BIGINT NOT NULL,
  source       TEXT NOT NULL,            -- code
  type         TEXT NOT NULL,            -- code in the kind's own list, '' not yet known
  type_raw     TEXT NOT NULL,            -- as the source spelled it
  title        TEXT NOT NULL,
  story        TEXT NOT NULL,
  area         BIGINT NOT NULL,
  path         TEXT NOT NULL,            -- the area's path
  place        TEXT NOT NULL,            -- where exactly
  people       BIGINT NOT NULL,          -- persons involved
  amount       BIGINT NOT NULL,          -- fen, sum of the claims
  danger       BIGINT NOT NULL,
  filed_by     BIGINT NOT NULL,          -- account
  filed_org    BIGINT NOT NULL,          -- the body at whose counter
  owner        BIGINT NOT NULL,          -- org that owns the procedure
  lead         BIGINT NOT NULL,          -- org that owns the substance, 0 not yet
  handler      BIGINT NOT NULL,          -- account, 0 not yet
  round        BIGINT NOT NULL,          -- 1, grows with each reopening
  happened_at  BIGINT NOT NULL,
  filed_at     BIGINT NOT NULL,
  accepted_at  BIGINT NOT NULL,
  concluded_at BIGINT NOT NULL,
  replied_at   BIGINT NOT NULL,
  closed_at    BIGINT NOT NULL,
  due_at       BIGINT NOT NULL,          -- whole course, 0 none
  yellow_at    BIGINT NOT NULL,
  paused_at    BIGINT NOT NULL,          -- 0 running
  batch        BIGINT NOT NULL,          -- import it came with, 0 none
  -- what few matters have is no part of filing one
  reviewer     BIGINT NOT NULL DEFAULT 0, -- org above that reviews or rules, 0 none
  approver     BIGINT NOT NULL DEFAULT 0, -- org that has to approve now, 0 none
  approver_role BIGINT NOT NULL DEFAULT 0, -- in which role
  supervised   BIGINT NOT NULL DEFAULT 0, -- org that has to answer a supervision, 0 none
  facts        BIGINT NOT NULL DEFAULT 0, -- bits of what holds beside the state (matter.h)
  docket       TEXT NOT NULL DEFAULT '', -- case number of a people's mediation, '' none
  archived_at  BIGINT NOT NULL DEFAULT 0, -- 0 not put away
  retention    TEXT NOT NULL DEFAULT '', -- code of retention, '' not put away
  keep_until   BIGINT NOT NULL DEFAULT 0, -- 0 for ever, or not put away
  journal_seq  BIGINT NOT NULL,
  journal_head BLOB NOT NULL,            -- hash of the last entry
  version      BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE UNIQUE INDEX matter_number ON matter (home, number);
CREATE UNIQUE INDEX matter_client_ref ON matter (home, client_ref) WHERE client_ref <> '';

-- Where each entry of a batch came from: re-import changes nothing.
CREATE TABLE import_row (
  home   BIGINT NOT NULL,
  ledger TEXT NOT NULL,                  -- name of the source ledger
  key    TEXT NOT NULL,                  -- the row's own key in it
  hash   TEXT NOT NULL,                  -- of the row's content
  matter BIGINT NOT NULL,
  @KEY(home, ledger, key)
);

CREATE TABLE party (
  id        BIGINT @ID,
  home      BIGINT NOT NULL,
  matter    BIGINT NOT NULL,
  no        BIGINT NOT NULL,             -- 1, 2, 3 in the matter
  role      BIGINT NOT NULL,             -- applicant, respondent, third
  kind      BIGINT NOT NULL,             -- person, organisation
  name      TEXT NOT NULL,
  phone     TEXT NOT NULL,               -- sealed
  id_kind   TEXT NOT NULL,               -- code
  id_number TEXT NOT NULL,               -- sealed
  address   TEXT NOT NULL,               -- sealed
  channel   BIGINT NOT NULL,             -- how he or she wants to be answered
  account   BIGINT NOT NULL,             -- linked by number + pin or at the counter, 0 none
  agent_for BIGINT NOT NULL,             -- party he or she speaks for, 0 oneself
  answer    BIGINT NOT NULL,             -- own answer to the outcome: none, yes, no, not reached
  answered_at BIGINT NOT NULL,
  left_at   BIGINT NOT NULL,             -- withdrew or stopped
  origin    BIGINT NOT NULL DEFAULT 0,   -- party of a merged matter whom it stands for
  version   BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX party_matter ON party (home, matter, no);
CREATE INDEX party_account ON party (account, matter);

CREATE TABLE claim (
  id      BIGINT @ID,
  home    BIGINT NOT NULL,
  matter  BIGINT NOT NULL,
  no      BIGINT NOT NULL,
  party   BIGINT NOT NULL,               -- whose, 0 all applicants'
  text    TEXT NOT NULL,
  amount  BIGINT NOT NULL,               -- fen
  outcome TEXT NOT NULL,                 -- code, '' open
  settled BIGINT NOT NULL,               -- fen agreed
  note    TEXT NOT NULL,
  origin  BIGINT NOT NULL DEFAULT 0,     -- claim of a merged matter that it stands for
  version BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX claim_matter ON claim (home, matter, no);

-- A body's piece of work in a matter.
CREATE TABLE assignment (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  matter     BIGINT NOT NULL,
  no         BIGINT NOT NULL,
  part       BIGINT NOT NULL,            -- lead, assist, whistle
  state      BIGINT NOT NULL,
  org        BIGINT NOT NULL,
  handler    BIGINT NOT NULL,            -- account, 0 not yet
  offered_by BIGINT NOT NULL,
  reason     TEXT NOT NULL,              -- why this body
  objection  TEXT NOT NULL DEFAULT '',   -- why it cannot lead, in its own words; the last
  refusals   BIGINT NOT NULL,
  offered_at BIGINT NOT NULL,
  taken_at   BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL,
  due_at     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX assignment_matter ON assignment (home, matter, no);
CREATE UNIQUE INDEX assignment_lead ON assignment (home, matter)
  WHERE part = 0 AND state IN (0, 1, 3);  -- one lead at a time: offered, taken, objected

-- Every clock of a matter.
CREATE TABLE deadline (
  id          BIGINT @ID,
  home        BIGINT NOT NULL,
  matter      BIGINT NOT NULL,
  assignment  BIGINT NOT NULL,           -- 0 the whole course's
  what        TEXT NOT NULL,
  rule        TEXT NOT NULL,             -- deadline_rule id
  state       BIGINT NOT NULL,           -- running, paused, met, late, dropped
  org         BIGINT NOT NULL,           -- who has to
  started_at  BIGINT NOT NULL,
  due_at      BIGINT NOT NULL,
  yellow_at   BIGINT NOT NULL,
  ended_at    BIGINT NOT NULL,
  paused_at   BIGINT NOT NULL,
  pauses      TEXT NOT NULL,             -- from-to in ms, by blanks
  extended    BIGINT NOT NULL,           -- unit's count added
  provisional BIGINT NOT NULL,           -- reaches past the known calendar
  red_at      BIGINT NOT NULL,           -- when the clock was seen to have run out, 0 not
  look_at     BIGINT NOT NULL,           -- when to look next: yellow, red, then far future
  @KEY(home, id)
);
CREATE INDEX deadline_matter ON deadline (home, matter, id);
CREATE INDEX deadline_running ON deadline (home, state, look_at, id);

-- Who may see a matter, at which grade, from when to when. Holder: an org's or an account's id.
CREATE TABLE sight (
  home   BIGINT NOT NULL,
  holder BIGINT NOT NULL,
  matter BIGINT NOT NULL,
  grade  BIGINT NOT NULL,                -- 2 envelope, 3 content
  why    BIGINT NOT NULL,                -- enum sight_why
  since  BIGINT NOT NULL,
  until  BIGINT NOT NULL,                -- 0 open
  stays  BIGINT NOT NULL DEFAULT 0,      -- grade when until has come, 0 none
  @KEY(home, holder, matter)
);
CREATE INDEX sight_matter ON sight (home, matter);

-- A refusal 不予受理 and its review by the body above.
CREATE TABLE refusal (
  id          BIGINT @ID,
  home        BIGINT NOT NULL,
  matter      BIGINT NOT NULL,
  reason      TEXT NOT NULL,             -- code of decline_reason
  routes      TEXT NOT NULL,             -- codes of route, by blanks
  text        TEXT NOT NULL,             -- as the applicant was told
  declined_by BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  asked_at    BIGINT NOT NULL,           -- 0: no review was asked for
  grounds     TEXT NOT NULL,
  decided_at  BIGINT NOT NULL,
  decided_by  BIGINT NOT NULL,
  upheld      BIGINT NOT NULL,
  decision    TEXT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX refusal_matter ON refusal (home, matter, id);

-- An approval 审批: asked for, then decided step by step.
CREATE TABLE approval (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  matter     BIGINT NOT NULL,
  round      BIGINT NOT NULL,            -- the matter's
  action     BIGINT NOT NULL,            -- what is to be approved: enum approval_action
  steps      TEXT NOT NULL,              -- roles by blanks
  step       BIGINT NOT NULL,            -- how many of them have approved
  text       TEXT NOT NULL,              -- what is to be sent, or why
  state      BIGINT NOT NULL,            -- open, approved, sent back, used
  asked_by   BIGINT NOT NULL,
  asked_at   BIGINT NOT NULL,
  decided_by BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  note       TEXT NOT NULL,
  org        BIGINT NOT NULL DEFAULT 0,  -- body that asked: nobody else uses it up
  @KEY(home, id)
);
CREATE INDEX approval_matter ON approval (home, matter, id);

-- What waits for whom. Every "my work" list is a range of it, every badge a range count.
CREATE TABLE worklist (
  home   BIGINT NOT NULL,
  holder BIGINT NOT NULL,                -- org or account
  bucket BIGINT NOT NULL,
  due_at BIGINT NOT NULL,                -- far future when there is no clock
  matter BIGINT NOT NULL,
  yellow_at BIGINT NOT NULL,             -- from when on it is nearly over
  @KEY(home, holder, bucket, due_at, matter)
);
CREATE INDEX worklist_yellow ON worklist (home, holder, yellow_at, matter, bucket, due_at);
CREATE INDEX worklist_matter ON worklist (home, matter);
-- How many rows a holder has in a bucket, kept with them: badges count nothing. moves
-- grows with every change of those rows and of the matters behind them.
CREATE TABLE work_count (
  home   BIGINT NOT NULL,
  holder BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  n      BIGINT NOT NULL,
  moves  BIGINT NOT NULL DEFAULT 0,
  @KEY(home, holder, bucket)
);

-- Both directions of what was said to and by the parties.
CREATE TABLE message (
  id      BIGINT @ID,
  home    BIGINT NOT NULL,
  matter  BIGINT NOT NULL,
  kind    BIGINT NOT NULL,               -- reply, notice, from a party
  party   BIGINT NOT NULL,
  channel BIGINT NOT NULL,
  body    TEXT NOT NULL,
  author  BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX message_matter ON message (home, matter, id);

-- SQLite, which knows no numbers, takes a home for as telling as any column and
-- reads a whole city by the key; a home is nearly always the same one.
@SQLITE
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('matter', 'matter_number', '1000000 1000000 1'),
  ('matter', 'matter_client_ref', '1000000 1000000 1'),
  ('party', 'party_matter', '1000000 1000000 2 1'),
  ('party', 'party_account', '1000000 1000 1'),
  ('claim', 'claim_matter', '1000000 1000000 2 1'),
  ('assignment', 'assignment_matter', '1000000 1000000 2 1'),
  ('assignment', 'assignment_lead', '500000 500000 1'),
  ('deadline', 'deadline_matter', '1000000 1000000 3 1'),
  ('deadline', 'deadline_running', '1000000 1000000 200000 2 1'),
  ('message', 'message_matter', '1000000 1000000 2 1'),
  ('refusal', 'refusal_matter', '1000000 1000000 1 1'),
  ('approval', 'approval_matter', '1000000 1000000 1 1'),
  ('attachment', 'attachment_matter', '1000000 1000000 2 1'),
  ('journal', 'journal', '1000000 1000000 5 1'),
  ('journal_payload', 'journal_payload', '1000000 1000000 5 1'),
  ('sight', 'sight', '1000000 1000000 5000 1'),
  ('sight', 'sight_matter', '1000000 1000000 3'),
  ('worklist', 'worklist', '1000000 1000000 2000 300 2 1'),
  ('worklist', 'worklist_matter', '1000000 1000000 2'),
  ('worklist', 'worklist_yellow', '1000000 1000000 2000 2 1 1 1'),
  ('access', 'access', '1000000 1000000 20 5 1 1 1'),
  ('access', 'access_matter', '1000000 1000000 20 1'),
  ('access', 'access_account', '1000000 1000000 10000 1'),
  ('blind', 'blind', '1000000 1000000 300000 2 1'),
  ('blind', 'blind_subject', '1000000 1000000 3');
ANALYZE sqlite_schema;
@END
