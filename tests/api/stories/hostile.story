# Forged, repeated, huge and crafted requests.

# A change needs the token of the session; a read does not.
as clerk.guicheng
POST /api/v1/matters
X-CSRF: wrong
{ "kind": "request", "title": "路灯不亮" }
403
{ type: "/problems/bad-csrf", … }
GET /api/v1/matters
X-CSRF: wrong
200

# The same key and request is one matter; the same key with another is refused.
POST /api/v1/matters
Idempotency-Key: key-of-mine-1
{ "kind": "request", "title": "路灯不亮" }
201
{ id=>M, number=>NO, pin=>PIN, … }
POST /api/v1/matters
Idempotency-Key: key-of-mine-1
{ "kind": "request", "title": "路灯不亮" }
201
Idempotent-Replayed: true
{ id: "{M}", number: "{NO}", pin: "{PIN}", … }
POST /api/v1/matters
Idempotency-Key: key-of-mine-1
{ "kind": "request", "title": "别的事" }
422
{ type: "/problems/key-reused", … }

# The client's own reference does the same across sessions.
POST /api/v1/matters
{ "kind": "request", "title": "井盖松动", "client_ref": "8b7c1a52-0000-4000-8000-000000000001" }
201
{ id=>R, again: false, … }
POST /api/v1/matters
{ "kind": "request", "title": "井盖松动", "client_ref": "8b7c1a52-0000-4000-8000-000000000001" }
201
{ id: "{R}", again: true, pin: "", … }
as dispatcher.dali
POST /api/v1/matters
{ "kind": "request", "title": "x", "client_ref": "8b7c1a52-0000-4000-8000-000000000001" }
409

# What a title may not be, and what it may.
as clerk.guicheng
POST /api/v1/matters
{ "kind": "request", "title": "" }
422
{ field: "title", … }
POST /api/v1/matters
{ "kind": "request", "title": "{HUGE 101}" }
422
{ field: "title", … }
POST /api/v1/matters
{ "kind": "request", "title": "a\u0000b" }
400
POST /api/v1/matters
{ "kind": "request", "title": "\ud800" }
400
POST /api/v1/matters
{ "kind": "request", "title": "<script>alert(1)</script>'; DROP TABLE matter; --" }
201
{ id=>X, … }
GET /api/v1/matters/{X}
200
X-Content-Type-Options: nosniff
{ title: "<script>alert(1)</script>'; DROP TABLE matter; --", … }

# Members that are the program's, not a client's.
POST /api/v1/matters
{ "kind": "request", "title": "x", "state": "closed" }
400
POST /api/v1/matters
{ "kind": "request", "title": "x", "number": "1" }
400
POST /api/v1/matters
{ "kind": "crime", "title": "x" }
422
{ field: "kind", … }
POST /api/v1/matters
{ "kind": "request", "title": "x", "type": "no-such-type" }
422
{ field: "type", … }
POST /api/v1/matters
{ "kind": "dispute", "title": "x" }
422
{ field: "parties", … }
POST /api/v1/matters
{ "kind": "request", "title": "x", "parties": [ { "name": "甲", "phone": "号码忘了" } ] }
422
{ field: "parties[0].phone", … }
POST /api/v1/matters
{ "kind": "request", "title": "x", "parties": [ { "name": "甲" }, { "role": "applicant" } ] }
422
{ field: "parties[1].name", … }
POST /api/v1/matters
{ "kind": "request", "title": "x", "claims": [ { "text": "赔", "amount": 99999999999999999999 } ] }
400
POST /api/v1/matters
{ "kind": "request", "title": "x", "claims": [ { "text": "赔", "amount": 9999999999999999 } ] }
422
{ field: "claims[0].amount", … }
POST /api/v1/matters
{ "kind": "request", "title": "x", "claims": [ { "text": "赔", "amount": -1 } ] }
422
POST /api/v1/matters
{ "kind": "request", "title": "x", "people": 1e3 }
422

# Pages: what is no cursor, no limit, no filter.
GET /api/v1/matters?after=x
400
GET /api/v1/matters?limit=0
422
GET /api/v1/matters?limit=1000000
422
GET /api/v1/matters?sort=title
400
GET /api/v1/matters?kind=crime
422
GET /api/v1/matters?q=%25%27%22%5C%00
400
GET /api/v1/matters?q=%25_%27%22%5C*%20OR%201
200
statements <= 8
GET /api/v1/matters/{HUGE 3000}
404
GET /api/v1/matters/-1
404
GET /api/v1/matters/9223372036854775808
404

# A page has no more statements for twenty entries than for one, but that a connection
# which has learned no name yet learns twenty at a time.
GET /api/v1/matters?limit=1
200
statements <= 4
{ items: [ … ], next=>NEXT }
GET /api/v1/matters?limit=100
200
statements <= 10
GET /api/v1/matters?limit=1&after={NEXT}
200
{ items: [ {…} ], … }
