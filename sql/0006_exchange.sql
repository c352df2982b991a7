-- Ledgers brought in from files.

CREATE TABLE ledger_import (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  owner      BIGINT NOT NULL,            -- account
  ledger     TEXT NOT NULL,              -- name of the source ledger: rows are known by it
  name       TEXT NOT NULL,              -- of the file, as sent
  sheet      BIGINT NOT NULL,            -- which sheet of it
  kind       BIGINT NOT NULL,            -- matter kind where a row says none
  source     TEXT NOT NULL,              -- likewise
  area       BIGINT NOT NULL,            -- likewise
  columns    TEXT NOT NULL,              -- JSON: the header row
  mapping    TEXT NOT NULL,              -- JSON: a field name for each column, '' for none
  state      BIGINT NOT NULL,            -- draft, checking, checked, running, done, failed
  rows       BIGINT NOT NULL,
  bad        BIGINT NOT NULL,
  filed      BIGINT NOT NULL,
  same       BIGINT NOT NULL,            -- rows that were in already
  job        BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX ledger_import_owner ON ledger_import (owner, id);
-- What stands in the way of a row; the first error of a row and column.
CREATE TABLE import_error (
  home   BIGINT NOT NULL,
  import BIGINT NOT NULL,
  row    BIGINT NOT NULL,                -- as the spreadsheet program numbers it
  col    BIGINT NOT NULL,                -- from 1, 0 the whole row
  title  TEXT NOT NULL,                  -- the column's header
  slug   TEXT NOT NULL,
  zh     TEXT NOT NULL,
  en     TEXT NOT NULL,
  @KEY(home, import, row, col)
);
