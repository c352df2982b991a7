# Void by two: one asks with the reason, another confirms; the numbers stay, explained.

as mediator.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "重复登记", "parties": [
    { "role": "applicant", "name": "周玉珍", "phone": "19900000201" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200

as mediator.guicheng
POST /api/v1/matters/{M}/actions/ask_void
If-Match: "v2"
{ "reason": "" }
422
POST /api/v1/matters/{M}/actions/decide_void
If-Match: "v2"
{ "confirmed": true }
409
{ type: "/problems/needs-fact", … }
POST /api/v1/matters/{M}/actions/ask_void
If-Match: "v2"
{ "reason": "同一纠纷已另行登记" }
200
{ state: "accepted", version: 3, … }
POST /api/v1/matters/{M}/actions/ask_void
If-Match: "v3"
{ "reason": "再来一次" }
409
{ type: "/problems/has-fact", … }

# Never by the one who asked.
POST /api/v1/matters/{M}/actions/decide_void
If-Match: "v3"
{ "confirmed": true }
403
{ type: "/problems/second-person", … }
GET /api/v1/work/items?bucket=to_void&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }

# The second reads why, refuses, and it goes on as it was.
as mediator2.guicheng
GET /api/v1/matters/{M}/voidings
200
{ items: [{reason: "同一纠纷已另行登记", asked_by_name: "陈伯均", decided_at: null, …}], … }
POST /api/v1/matters/{M}/actions/decide_void
If-Match: "v3"
{ "confirmed": false, "note": "并非同一纠纷" }
200
{ state: "accepted", version: 4, … }
GET /api/v1/matters/{M}/voidings
200
{ items: [{confirmed: false, decided_by_name: "冼佩雯", note: "并非同一纠纷", …}], … }
as mediator.guicheng
POST /api/v1/matters/{M}/actions/ask_void
If-Match: "v4"
{ "reason": "经核对确属重复登记" }
200
as mediator2.guicheng
POST /api/v1/matters/{M}/actions/decide_void
If-Match: "v5"
{ "confirmed": true }
200
{ state: "void", version: 6, … }
GET /api/v1/matters/{M}
200
{ state: "void", docket: …, actions: [], … }
GET /api/v1/dockets
200
{ items: [ {no: 1, matter: "{M}", state: "void", reason: "经核对确属重复登记", …} ], … }
GET /api/v1/work/items?bucket=to_void&limit=100
200
{ items: [], … }

# The next number is the next; the party is told why.
as mediator.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "重新登记", "parties": [ { "role": "applicant", "name": "周玉珍" } ] }
201
{ id=>NEXT, number=>NN, … }
POST /api/v1/matters/{NEXT}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/dockets
200
{ items: [ {no: 1, state: "void", …}, {no: 2, label=>SECOND, matter: "{NEXT}", reason: "", …} ], … }
as 19900000201
GET /api/v1/door/matters/{M}/messages
200
{ items: […, {body: "经核对确属重复登记", …} ], … }

# The program tells it in words.
run timeline {N} --as mediator2.guicheng
exit 0
| 已作废
| 申请作废  陈伯均（桂城调委会）
| 决定 不予作废，备注 并非同一纠纷
| 决定 确认作废，理由 经核对确属重复登记
run timeline {NN} --as mediator2.guicheng
exit 0
| 案号 {SECOND}

# A station of one: the centre above is the second. It reads the matter for that, and
# nobody of it could before.
as head.guicheng
GET /api/v1/work/items?bucket=to_void&limit=100
200
! 站点误录
as clerk.guiyi
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "站点误录", "parties": [ { "role": "applicant", "name": "秘密甲" } ] }
201
{ id=>S, … }
as head.guicheng
GET /api/v1/matters/{S}
404
as clerk.guiyi
POST /api/v1/matters/{S}/actions/ask_void
If-Match: "v1"
{ "reason": "试填的一件" }
200
{ state: "filed", version: 2, … }
POST /api/v1/matters/{S}/actions/decide_void
If-Match: "v2"
{ "confirmed": true }
403
{ type: "/problems/second-person", … }
as dispatcher.guicheng
POST /api/v1/matters/{S}/actions/decide_void
If-Match: "v2"
{ "confirmed": true }
403
as head.guicheng
GET /api/v1/work/items?bucket=to_void&limit=100
200
{ items: […, {matter: "{S}", …}, …], … }
GET /api/v1/matters/{S}
200
{ actions: […, {name: "decide_void", …}, …], … }
POST /api/v1/matters/{S}/actions/decide_void
If-Match: "v2"
{ "confirmed": false, "note": "请先核对" }
200
{ state: "filed", version: 3, … }
# Decided: what it was lent for is over.
POST /api/v1/matters/{S}/actions/decide_void
If-Match: "v3"
{ "confirmed": true }
404
GET /api/v1/matters/{S}
404
GET /api/v1/work/items?bucket=to_void&limit=100
200
! {S}
as clerk.guiyi
POST /api/v1/matters/{S}/actions/ask_void
If-Match: "v3"
{ "reason": "确系试填" }
200
as head.guicheng
POST /api/v1/matters/{S}/actions/decide_void
If-Match: "v4"
{ "confirmed": true }
200
{ state: "void", … }
as clerk.guiyi
GET /api/v1/work/items?bucket=to_void&limit=100
200
! {S}

run verify
exit 0
run check
exit 0
