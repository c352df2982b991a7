# Hours of a body's own, and a day off taken back: set, listed with names, and ended.

as sysadmin
GET /api/v1/orgs?q=桂城街道社会治安
200
{ items: [ {id=>O, name=>NAME, …}, … ], … }
GET /api/v1/rules/org-hours
200
! {NAME}
GET /api/v1/rules/hours
200
{ items: [ {code=>HOURS, …}, … ], … }
PUT /api/v1/rules/org-hours/{O}
{ "hours": "no_such_hours" }
422
{ field: "hours", … }
PUT /api/v1/rules/org-hours/1
{ "hours": "{HOURS}" }
422
{ field: "org", … }
PUT /api/v1/rules/org-hours/{O}
{ "hours": "{HOURS}" }
200
{ org: "{O}", hours: "{HOURS}", version: 1, … }
GET /api/v1/rules/org-hours
200
{ items: […, {org: "{O}", org_name: "{NAME}", hours: "{HOURS}", version: 1}, …], next: null }
GET /api/v1/rules/org-hours?after=x
400
{ field: "after", … }
PUT /api/v1/rules/org-hours/{O}
{ "hours": "" }
428
PUT /api/v1/rules/org-hours/{O}
If-Match: "v1"
{ "hours": "" }
200
GET /api/v1/rules/org-hours
200
{ items: […, {org: "{O}", hours: "", version: 2, …}, …], next: null }

# A body's own day off, and back.
PUT /api/v1/rules/days
{ "org": "{O}", "day": "2031-05-05", "kind": "holiday", "name_zh": "本街道放假", "source": "街道通知", "certainty": "local" }
200
PUT /api/v1/rules/days
{ "org": "{O}", "day": "2031-06-09", "kind": "morning", "name_zh": "本街道下午停办", "source": "街道通知", "certainty": "local" }
200
GET /api/v1/rules/days/{O}?limit=1
200
{ items: [ {day: "2031-06-09", kind: "morning", …} ], next=>BELOW }
GET /api/v1/rules/days/{O}?limit=1&after={BELOW}
200
{ items: [ {day: "2031-05-05", ended: false, version: 1, …} ], … }
GET /api/v1/rules/days/{O}?after=soon
400
GET /api/v1/rules/years?limit=1
200
{ items: [ {year: 2026, …} ], next=>YEAR }
GET /api/v1/rules/years?limit=1&after={YEAR}
200
{ items: [ {year: 2025, …} ], … }
DELETE /api/v1/rules/days/{O}/2031-05-05
428
DELETE /api/v1/rules/days/{O}/2031-05-05
If-Match: "v1"
204
DELETE /api/v1/rules/days/{O}/2031-05-05
If-Match: "v2"
404
GET /api/v1/rules/days/{O}
200
{ items: [ {day: "2031-06-09", ended: false, …}, {day: "2031-05-05", ended: true, version: 2, …} ], next: null }

as clerk.guicheng
GET /api/v1/rules/org-hours
200
PUT /api/v1/rules/org-hours/{O}
If-Match: "v2"
{ "hours": "" }
403
