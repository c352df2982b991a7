# What was answered is there after a restart: matters, sessions, chains, files.

as clerk.guicheng
POST /api/v1/matters
Idempotency-Key: before-the-restart
{ "kind": "request", "title": "路灯不亮" }
201
{ id=>M, number=>N, pin=>PIN, … }

restart

GET /api/v1/matters/{M}
200
{ number: "{N}", title: "路灯不亮", … }

# A repeated request is still the same one.
POST /api/v1/matters
Idempotency-Key: before-the-restart
{ "kind": "request", "title": "路灯不亮" }
201
Idempotent-Replayed: true
{ id: "{M}", pin: "{PIN}", … }

as guest
POST /api/v1/door/status
{ "number": "{N}", "pin": "{PIN}" }
200
{ state: "filed", … }

run verify
exit 0

# Found by its words at once, and still when the index caught up.
as clerk.guicheng
GET /api/v1/matters?q=路灯
200
{ items: […, {id: "{M}", …}, …], … }
