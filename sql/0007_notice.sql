-- Notices 通知 and tasks 任务.

-- What somebody is told of. One event is told once to one reader by one rule.
CREATE TABLE notice (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  account    BIGINT NOT NULL,            -- whose; 0 a party without an account
  party      BIGINT NOT NULL,            -- told as this party, 0 staff
  matter     BIGINT NOT NULL,
  task       BIGINT NOT NULL,
  cause      TEXT NOT NULL,              -- the event: feed number, or clock and its time
  rule       TEXT NOT NULL,              -- code of list notice
  class      BIGINT NOT NULL,
  text       TEXT NOT NULL,              -- a number and a sentence, nothing secret
  media      BIGINT NOT NULL,            -- bits: how it leaves besides the list
  digest     BIGINT NOT NULL,            -- 1: together with others
  urgent     BIGINT NOT NULL,            -- 1: at night too
  neutral    BIGINT NOT NULL,            -- 1: outside only in words that tell nothing
  send_at    BIGINT NOT NULL,            -- 0 nothing to send (any more)
  created_at BIGINT NOT NULL,
  read_at    BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE UNIQUE INDEX notice_once ON notice (home, cause, rule, account, party);
CREATE INDEX notice_account ON notice (home, account, id);
CREATE INDEX notice_unread ON notice (home, account, id) WHERE read_at = 0;
CREATE INDEX notice_due ON notice (send_at, id) WHERE send_at > 0;

-- How an account wants a class of notices to leave; without a row as the rule says.
CREATE TABLE notice_choice (
  home    BIGINT NOT NULL,
  account BIGINT NOT NULL,
  class   BIGINT NOT NULL,
  media   BIGINT NOT NULL,
  pace    BIGINT NOT NULL,               -- by the rule, at once, digest
  @KEY(home, account, class)
);
-- When, and to which address; without a row the presets.
CREATE TABLE notice_setting (
  home       BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  quiet_from BIGINT NOT NULL,            -- minute of the day; equal to quiet_to: never quiet
  quiet_to   BIGINT NOT NULL,
  digest_1   BIGINT NOT NULL,            -- minutes of a working day
  digest_2   BIGINT NOT NULL,
  email      TEXT NOT NULL,              -- sealed, '' none
  email_ok   BIGINT NOT NULL,            -- 1: its owner read the code
  code       TEXT NOT NULL,              -- keyed hash of the code sent there
  tries      BIGINT NOT NULL,            -- of the code
  sent       BIGINT NOT NULL,            -- codes sent this hour
  hour       BIGINT NOT NULL,
  code_until BIGINT NOT NULL,
  @KEY(home, account)
);

-- Clocks turning yellow are found by their time.
CREATE INDEX deadline_yellow ON deadline (home, state, yellow_at, id);

-- Something to be done in a matter, or in a body.
CREATE TABLE task (
  id        BIGINT @ID,
  home      BIGINT NOT NULL,
  matter    BIGINT NOT NULL,             -- 0 the body's own
  org       BIGINT NOT NULL,             -- whose it is
  account   BIGINT NOT NULL,             -- who is to do it, 0 anybody of the body
  state     BIGINT NOT NULL,             -- open, done, cancelled
  title     TEXT NOT NULL,
  note      TEXT NOT NULL,
  due       BIGINT NOT NULL,             -- day, 0 none
  due_at    BIGINT NOT NULL,             -- its end; far future for none
  yellow_at BIGINT NOT NULL,
  made_by   BIGINT NOT NULL,             -- account, 0 a rule
  made_at   BIGINT NOT NULL,
  ended_by  BIGINT NOT NULL,
  ended_at  BIGINT NOT NULL,
  cause     TEXT NOT NULL,               -- what a rule made it of, '' a person made it
  version   BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX task_org ON task (home, org, state, due_at, id);
CREATE INDEX task_account ON task (home, account, state, due_at, id);
CREATE INDEX task_matter ON task (home, matter, id);
CREATE INDEX task_due ON task (home, state, due_at, id);
CREATE INDEX task_yellow ON task (home, state, yellow_at, id);
CREATE UNIQUE INDEX task_cause ON task (home, cause) WHERE cause <> '';
CREATE TABLE task_item (
  home    BIGINT NOT NULL,
  task    BIGINT NOT NULL,
  no      BIGINT NOT NULL,               -- 1, 2, 3 …
  text    TEXT NOT NULL,
  done_by BIGINT NOT NULL,
  done_at BIGINT NOT NULL,               -- 0 open
  @KEY(home, task, no)
);
