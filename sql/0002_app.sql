-- What the room app keeps: journal, access record, secret-field indexes, attachments, idempotency, jobs, notices, rules.

-- Settings of this installation (its id, the journal's salt key id, the home).
CREATE TABLE setting (
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  @KEY(name)
);
-- Gapless counters: matters of a day, case numbers of a committee and year.
CREATE TABLE counter (
  home  BIGINT NOT NULL,
  name  TEXT NOT NULL,
  value BIGINT NOT NULL,
  @KEY(home, name)
);
-- What is kept of rows in memory (src/app/memo.h) asks here first. Each grows in the
-- transaction of every change of what it stands for.
CREATE TABLE epoch (
  id     BIGINT @ID,                     -- 1: there is one row
  people BIGINT NOT NULL,                -- accounts, posts, bodies, sign-ins, tokens
  names  BIGINT NOT NULL,                -- what areas, bodies and people are called
  @KEY(id)
);
INSERT INTO epoch (id, people, names) VALUES (1, 1, 1);
-- Answers already given to an Idempotency-Key, kept a day.
CREATE TABLE idempotency (
  actor      TEXT NOT NULL,              -- account id, or session of a guest
  key        TEXT NOT NULL,
  hash       TEXT NOT NULL,              -- of method, path and body
  status     BIGINT NOT NULL,
  body       TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  @KEY(actor, key)
);
CREATE INDEX idempotency_expires ON idempotency (expires_at);

-- The hash chain of each matter; chain 0 is the system's own (people, rules, settings).
CREATE TABLE journal (
  home         BIGINT NOT NULL,
  chain        BIGINT NOT NULL,          -- matter id, or 0
  seq          BIGINT NOT NULL,          -- 1, 2, 3 … without a gap
  action       TEXT NOT NULL,            -- slug
  subject      BIGINT NOT NULL,          -- what it is about (claim, assignment, account …), 0 the matter
  actor        BIGINT NOT NULL,          -- account, 0 the clock
  post         BIGINT NOT NULL,          -- in which post, 0 none
  happened_at  BIGINT NOT NULL,
  recorded_at  BIGINT NOT NULL,
  prev         BLOB NOT NULL,            -- hash of seq - 1; 32 zero bytes for the first
  payload_hash BLOB NOT NULL,            -- SM3(salt || payload)
  hash         BLOB NOT NULL,            -- SM3 over the canonical bytes, version 1
  @KEY(home, chain, seq)
);
-- Payloads lie apart, so that erasure by law keeps the chain whole.
CREATE TABLE journal_payload (
  home  BIGINT NOT NULL,
  chain BIGINT NOT NULL,
  seq   BIGINT NOT NULL,
  salt  BLOB NOT NULL,
  body  TEXT NOT NULL,                   -- JSON
  @KEY(home, chain, seq)
);
-- Signed summaries of the feed, also appended to a file outside the database.
CREATE TABLE checkpoint (
  no        BIGINT @ID,
  feed_from BIGINT NOT NULL,
  feed_to   BIGINT NOT NULL,
  root      BLOB NOT NULL,               -- Merkle root over the entries' hashes
  prev      BLOB NOT NULL,               -- hash of checkpoint no - 1
  hash      BLOB NOT NULL,
  signature BLOB NOT NULL,
  at        BIGINT NOT NULL,
  @KEY(no)
);

-- Who opened which matter's content: one row an account, matter and ten minutes.
CREATE TABLE access (
  home    BIGINT NOT NULL,
  matter  BIGINT NOT NULL,
  account BIGINT NOT NULL,
  slot    BIGINT NOT NULL,               -- epoch milliseconds / 600000; with a reason: a number of its own
  what    TEXT NOT NULL,                 -- read, print, export, reveal …
  subject BIGINT NOT NULL,               -- the compartment that was opened, 0 none
  post    BIGINT NOT NULL,
  org     BIGINT NOT NULL,
  reason  TEXT NOT NULL,
  at      BIGINT NOT NULL,
  @KEY(home, matter, account, slot, what, subject)
);
CREATE INDEX access_matter ON access (home, matter, at);
CREATE INDEX access_account ON access (home, account, at);
-- Keyed 64-bit indexes of secret values: the only way to find one.
CREATE TABLE blind (
  home    BIGINT NOT NULL,
  kind    BIGINT NOT NULL,               -- phone, identity number …
  hash    BIGINT NOT NULL,
  subject BIGINT NOT NULL,               -- party or account
  matter  BIGINT NOT NULL,               -- 0 for an account
  @KEY(home, kind, hash, subject)
);
CREATE INDEX blind_subject ON blind (home, subject);

-- Content-addressed files; the bytes lie in the data directory under their digest.
CREATE TABLE attachment (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  matter     BIGINT NOT NULL,
  digest     TEXT NOT NULL,              -- SM3, hex
  name       TEXT NOT NULL,
  media      TEXT NOT NULL,              -- as sniffed
  size       BIGINT NOT NULL,
  note       TEXT NOT NULL,
  added_by   BIGINT NOT NULL,
  added_at   BIGINT NOT NULL,
  removed_at BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX attachment_matter ON attachment (home, matter, id);

-- Sealed places inside a matter, with their own key and explicit dated grants.
CREATE TABLE compartment (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  matter     BIGINT NOT NULL,
  kind       BIGINT NOT NULL,            -- safety, separate meeting, offer
  side       BIGINT NOT NULL,            -- the party it protects, 0 none
  wrapped    TEXT NOT NULL,              -- its key under the server's
  created_at BIGINT NOT NULL,
  destroyed_at BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX compartment_matter ON compartment (home, matter);
CREATE TABLE compartment_grant (
  home        BIGINT NOT NULL,
  compartment BIGINT NOT NULL,
  account     BIGINT NOT NULL,
  granted_by  BIGINT NOT NULL,
  since       BIGINT NOT NULL,
  until       BIGINT NOT NULL,           -- 0 open
  @KEY(home, compartment, account, since)
);
CREATE TABLE compartment_entry (
  id          BIGINT @ID,
  home        BIGINT NOT NULL,
  compartment BIGINT NOT NULL,
  body        TEXT NOT NULL,             -- sealed under the compartment's key
  author      BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX compartment_entry_of ON compartment_entry (home, compartment, id);

-- Long work: imports, exports, recomputations. Leased, resumable.
CREATE TABLE job (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  state      BIGINT NOT NULL,            -- waiting, running, done, failed
  owner      BIGINT NOT NULL,            -- account
  post       BIGINT NOT NULL,            -- the post whose sight it has
  params     TEXT NOT NULL,              -- JSON
  result     TEXT NOT NULL,              -- JSON
  done       BIGINT NOT NULL,
  total      BIGINT NOT NULL,
  lease      TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  tries      BIGINT NOT NULL,
  run_after  BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX job_ready ON job (state, run_after, id);
CREATE INDEX job_owner ON job (owner, id);

-- Messages on their way out.
CREATE TABLE outbox (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  ref        TEXT NOT NULL,              -- what it tells of, '' none: of one ref there is one message
  channel    TEXT NOT NULL,              -- sms, email
  target     TEXT NOT NULL,              -- sealed telephone number or address
  account    BIGINT NOT NULL,
  matter     BIGINT NOT NULL,
  template   TEXT NOT NULL,
  subject    TEXT NOT NULL,              -- of an e-mail
  body       TEXT NOT NULL,              -- sealed: it may hold a code
  state      BIGINT NOT NULL,            -- waiting, sent, failed
  tries      BIGINT NOT NULL,
  error      TEXT NOT NULL,              -- why the last try failed
  lease      TEXT NOT NULL,              -- the process that tries now
  send_after BIGINT NOT NULL,
  good_until BIGINT NOT NULL,            -- given up after
  created_at BIGINT NOT NULL,
  sent_at    BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX outbox_ready ON outbox (state, send_after, id);
CREATE INDEX outbox_state ON outbox (home, state, id);
CREATE UNIQUE INDEX outbox_ref ON outbox (home, ref) WHERE ref <> '';

-- The rules: rows of rules/*.csv as they were loaded, and as administrators changed them. A row
-- that somebody changed or made here is edited = 1, and a later load leaves it alone. Rows are
-- ended, never deleted. Whoever changes one of these tables counts counter (0, 'book') on: it
-- tells every process to read them again.

-- Codes with their validity. (list, code, valid_from) is one row's name.
CREATE TABLE code (
  list       TEXT NOT NULL,
  code       TEXT NOT NULL,
  parent     TEXT NOT NULL,
  zh         TEXT NOT NULL,
  en         TEXT NOT NULL,
  sort       BIGINT NOT NULL,
  extra      TEXT NOT NULL,              -- JSON of the list's own columns
  source     TEXT NOT NULL,
  certainty  BIGINT NOT NULL,            -- statute, local, practice, assumed
  valid_from BIGINT NOT NULL,            -- day, 0 not known since when
  valid_to   BIGINT NOT NULL,            -- 0 open; the first day it no longer holds
  edited     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(list, code, valid_from)
);
CREATE TABLE code_mapping (
  from_list  TEXT NOT NULL,
  from_code  TEXT NOT NULL,
  to_list    TEXT NOT NULL,
  to_code    TEXT NOT NULL,
  relation   BIGINT NOT NULL,            -- exact, narrower, broader, related
  source     TEXT NOT NULL,
  certainty  BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  edited     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(from_list, from_code, to_list, to_code, valid_from)
);
-- Days off and worked weekend days; org 0 is the nation's, an org's own days win over them.
CREATE TABLE calendar_day (
  org       BIGINT NOT NULL,
  day       BIGINT NOT NULL,
  kind      BIGINT NOT NULL,             -- holiday, workday, morning, afternoon
  in_lieu   BIGINT NOT NULL,             -- off because another day is worked
  name_zh   TEXT NOT NULL,
  name_en   TEXT NOT NULL,
  source    TEXT NOT NULL,
  certainty BIGINT NOT NULL,
  ended     BIGINT NOT NULL,             -- 1: no longer an exception
  edited    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  @KEY(org, day)
);
-- Which days the State Council's notices cover; beyond them a limit is provisional.
CREATE TABLE calendar_year (
  year       BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to   BIGINT NOT NULL,            -- the last day covered
  source     TEXT NOT NULL,
  address    TEXT NOT NULL,
  certainty  BIGINT NOT NULL,
  ended      BIGINT NOT NULL,
  edited     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(year)
);
-- Hours of business: a code has a row for each season and span of weekdays.
CREATE TABLE work_hours (
  code       TEXT NOT NULL,
  zh         TEXT NOT NULL,
  en         TEXT NOT NULL,
  season     BIGINT NOT NULL,            -- all, summer
  from_day   TEXT NOT NULL,              -- MM-DD, the summer's first day
  to_day     TEXT NOT NULL,              -- and its last
  weekdays   TEXT NOT NULL,              -- 1-5, 6, 1-7
  spans      TEXT NOT NULL,              -- HH:MM-HH:MM by blanks
  noon       TEXT NOT NULL,              -- HH:MM, parts the halves of a half day
  source     TEXT NOT NULL,
  certainty  BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  note       TEXT NOT NULL,
  edited     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(code, season, weekdays, valid_from)
);
-- Which hours a body keeps; without a row: the setting work_hours, or "default".
CREATE TABLE org_hours (
  org     BIGINT NOT NULL,
  hours   TEXT NOT NULL,                 -- work_hours code, '' the installation's
  version BIGINT NOT NULL,
  @KEY(org)
);
-- Time limits (docs/rules.md): several may compete, priority decides.
CREATE TABLE deadline_rule (
  id         TEXT NOT NULL,
  rule_set   TEXT NOT NULL,              -- switched on or off by the setting rule_set.…
  what       TEXT NOT NULL,              -- whole, accept, first_answer, contact, handle, reply, visit …
  kind       TEXT NOT NULL,              -- matter kind slugs by blanks, or *
  type       TEXT NOT NULL,              -- dispute types, or list:code of another kind, or *
  channel    TEXT NOT NULL,              -- source codes, or *
  body       TEXT NOT NULL,              -- org kinds, or *
  level      TEXT NOT NULL,              -- area levels, or *
  starts_at  TEXT NOT NULL,              -- event that starts it
  who        TEXT NOT NULL,              -- who has to act
  amount     BIGINT NOT NULL,
  unit       BIGINT NOT NULL,            -- working day, calendar day, month, hour, working hour
  calendar   BIGINT NOT NULL,            -- national, org, none
  ends       BIGINT NOT NULL,            -- at the close of business, at midnight
  roll       BIGINT NOT NULL,            -- a last day off moves to the next working day
  yellow     BIGINT NOT NULL,            -- so much before the end it turns yellow
  yellow_unit BIGINT NOT NULL,
  extend     BIGINT NOT NULL,            -- amount of one extension, 0 case by case or none
  extend_by  TEXT NOT NULL,              -- both_parties, approval …, ''
  pauses     TEXT NOT NULL,              -- codes of reasons, by blanks
  priority   BIGINT NOT NULL,
  zh         TEXT NOT NULL,
  en         TEXT NOT NULL,
  source     TEXT NOT NULL,
  article    TEXT NOT NULL,
  certainty  BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  note       TEXT NOT NULL,
  edited     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(id, valid_from)
);
