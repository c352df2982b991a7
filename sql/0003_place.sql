-- Areas and bodies, with their past.

-- Ids are counted 1, 2, 3 …, not made from the time: a path of six then has 30 bytes, not 110.
CREATE TABLE area (
  id        BIGINT @ID,
  parent    BIGINT NOT NULL,             -- 0 the country
  level     BIGINT NOT NULL,             -- province, city, county, town, village, grid, micro_grid, park
  kind      TEXT NOT NULL,               -- street, town, village, community …
  name      TEXT NOT NULL,               -- as published
  short_name TEXT NOT NULL,              -- as people say it
  pinyin    TEXT NOT NULL,               -- initials of short_name, for finding
  path      TEXT NOT NULL,               -- /id/id/id/ of its ancestors and itself
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,            -- 0 open
  successor BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  @KEY(id)
);
CREATE INDEX area_parent ON area (parent, id);
CREATE UNIQUE INDEX area_path ON area (path);
-- What an area was called before valid_to: what was filed then is shown with the name of then.
CREATE TABLE area_past (
  area       BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  name       TEXT NOT NULL,
  short_name TEXT NOT NULL,
  @KEY(area, valid_to)
);
-- The 12-digit statistical code is an attribute with validity: codes are withdrawn and reused.
CREATE TABLE area_code (
  code       TEXT NOT NULL,
  area       BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  @KEY(code, valid_from)
);
CREATE INDEX area_code_area ON area_code (area);

CREATE TABLE org (
  id         BIGINT @ID,
  home       BIGINT NOT NULL,
  kind       TEXT NOT NULL,              -- code of org_kind
  name       TEXT NOT NULL,
  short_name TEXT NOT NULL,
  area       BIGINT NOT NULL,
  path       TEXT NOT NULL,              -- its area's path
  parent     BIGINT NOT NULL,
  above      BIGINT NOT NULL,            -- the centre that supervises it, 0 none
  phone      TEXT NOT NULL,              -- public
  address    TEXT NOT NULL,
  hours      TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  successor  BIGINT NOT NULL,            -- who took over when it was merged
  open_load  BIGINT NOT NULL,            -- assignments in hand, kept with them
  version    BIGINT NOT NULL,
  @KEY(home, id)
);
-- What a body was called before valid_to.
CREATE TABLE org_past (
  home       BIGINT NOT NULL,
  org        BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  name       TEXT NOT NULL,
  short_name TEXT NOT NULL,
  @KEY(home, org, valid_to)
);
CREATE INDEX org_path ON org (path, kind);
CREATE INDEX org_kind ON org (kind, area);
-- Which body is for what: type × area.
CREATE TABLE competence (
  id     BIGINT @ID,
  home   BIGINT NOT NULL,
  org    BIGINT NOT NULL,
  kind   TEXT NOT NULL,                  -- matter kind slug, or *
  type   TEXT NOT NULL,                  -- code, or *
  path   TEXT NOT NULL,                  -- area path it covers
  part   BIGINT NOT NULL,                -- lead, assist
  rank   BIGINT NOT NULL,                -- smaller first
  source TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX competence_type ON competence (home, kind, type, path);
CREATE INDEX competence_org ON competence (home, org);
-- Who is on duty: committee members, mediators, village roles, nights.
CREATE TABLE roster (
  id       BIGINT @ID,
  home     BIGINT NOT NULL,
  org      BIGINT NOT NULL,
  area     BIGINT NOT NULL,
  role     BIGINT NOT NULL,              -- head, member, full-time mediator … (src/place/roster.h)
  account  BIGINT NOT NULL,              -- 0 when the person has none
  person   TEXT NOT NULL,
  woman    BIGINT NOT NULL,              -- for the committee's composition only
  phone    TEXT NOT NULL,                -- public duty number
  fields   TEXT NOT NULL,                -- what he or she knows
  hours    BIGINT NOT NULL,              -- of training this year
  from_minute BIGINT NOT NULL,           -- duty: minute of the day it begins; 0 and 0: all day
  to_minute   BIGINT NOT NULL,           -- duty: minute it ends, on the next day when not later
  valid_from BIGINT NOT NULL,
  valid_to   BIGINT NOT NULL,
  version  BIGINT NOT NULL,
  @KEY(home, id)
);
CREATE INDEX roster_org ON roster (home, org, role);
CREATE INDEX roster_area ON roster (home, area, role);
