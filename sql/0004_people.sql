-- Accounts, the posts they hold, and how they sign in.

CREATE TABLE account (
  id            BIGINT @ID,
  home          BIGINT NOT NULL,
  login         TEXT NOT NULL,           -- a resident's is r- and random
  name          TEXT NOT NULL,
  kind          BIGINT NOT NULL,         -- staff, resident
  state         BIGINT NOT NULL,         -- active, ended
  lang          BIGINT NOT NULL,
  phone         TEXT NOT NULL,           -- sealed
  password      TEXT NOT NULL,           -- argon2id, '' none
  must_change   BIGINT NOT NULL,
  totp          TEXT NOT NULL,           -- sealed secret
  totp_on       BIGINT NOT NULL,
  totp_last     BIGINT NOT NULL,         -- last counter used, so that a code works once
  created_at    BIGINT NOT NULL,
  version       BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE UNIQUE INDEX account_login ON account (login);
CREATE INDEX account_kind ON account (home, kind, login);
-- Wrong tries in a row at a thing (a login as typed, a matter's number), one row for each who
-- tries and one for all together, by keyed hashes: a login that does not exist is counted and
-- locked as one that does. Forgotten after a quiet day.
CREATE TABLE lockout (
  hash         TEXT NOT NULL,            -- of the thing and who tries; of the thing alone
  thing        TEXT NOT NULL,
  failed       BIGINT NOT NULL,          -- tries since the last good one
  locked_until BIGINT NOT NULL,
  seen_at      BIGINT NOT NULL,
  @KEY(hash)
);
CREATE INDEX lockout_seen ON lockout (seen_at);
CREATE INDEX lockout_thing ON lockout (thing, locked_until);

-- An account's role in a body, with dates. A substitute's post names the post it stands in for.
CREATE TABLE post (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  org        BIGINT NOT NULL,
  role       BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,            -- day
  valid_to   BIGINT NOT NULL,            -- first day it no longer holds, 0 open
  stands_for BIGINT NOT NULL,            -- post, 0 none
  absent_from BIGINT NOT NULL,           -- day
  absent_to   BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX post_account ON post (account);
CREATE INDEX post_org ON post (home, org, role);
CREATE INDEX post_stands_for ON post (stands_for);

CREATE TABLE session (
  hash       TEXT NOT NULL,              -- keyed hash of the cookie
  account    BIGINT NOT NULL,
  post       BIGINT NOT NULL,            -- acting in, 0 none
  id         BIGINT NOT NULL,            -- what the login list shows
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  remote     TEXT NOT NULL,
  agent      TEXT NOT NULL,
  @KEY(hash)
);
CREATE INDEX session_account ON session (account, id);
CREATE INDEX session_expires ON session (expires_at);
-- Tokens for programs: act as a post, never with more than its permissions.
CREATE TABLE token (
  id         BIGINT @ID,
  hash       TEXT NOT NULL,
  account    BIGINT NOT NULL,
  post       BIGINT NOT NULL,
  name       TEXT NOT NULL,
  scopes     TEXT NOT NULL,              -- permission slugs by blanks
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL,
  @KEY(id)
);
CREATE UNIQUE INDEX token_hash ON token (hash);
CREATE INDEX token_account ON token (account, id);
-- One-time codes sent to a telephone.
CREATE TABLE phone_code (
  phone      BIGINT NOT NULL,            -- blind index
  hash       TEXT NOT NULL,
  tries      BIGINT NOT NULL,
  sent       BIGINT NOT NULL,            -- codes sent this hour
  hour       BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  @KEY(phone)
);
