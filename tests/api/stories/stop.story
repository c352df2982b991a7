# Stopping: any party, at any moment, one act, no reason; the other ways are told.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "共用天井", "parties": [
    { "role": "applicant", "name": "周玉珍", "phone": "19900000201" },
    { "role": "applicant", "name": "黎婆婆" },
    { "role": "respondent", "name": "谢秉谦" } ],
  "claims": [ { "text": "清走杂物" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …}, {id=>C, …} ], … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200

# As prominent as staying: a button without a form.
GET /api/v1/door/matters/{M}
200
{ version=>V, actions: […, {name: "stop", plain: true, …}, … ], … }

# One of two applicants stops: the mediation goes on among those who stay.
POST /api/v1/door/matters/{M}/actions/stop
If-Match: "v{V}"
{}
200
{ state: "filed", version=>V, … }
POST /api/v1/door/matters/{M}/actions/stop
If-Match: "v{V}"
{}
422
{ field: "party", … }
GET /api/v1/door/matters/{M}/messages
200
{ items: [ {kind: "notice", body: …, …} ], … }
GET /api/v1/door/matters/{M}/conclusions
200
{ items: [], … }

# The other side refuses, as said at the counter: nobody is left to mediate, and the owner
# body itself replies, because nobody had it in hand.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/stop
If-Match: "v{V}"
{}
422
{ type: "/problems/required", field: "party", … }
POST /api/v1/matters/{M}/actions/stop
If-Match: "v{V}"
{ "party": "{C}" }
200
{ state: "concluded", version=>V, … }
GET /api/v1/matters/{M}
200
{ state: "concluded", claims: [ {outcome: "stopped_by_party", …} ],
  deadlines: [ …, {what: "accept", state: "dropped", …}, … ],
  actions: […, {name: "reply", …}, …], … }
# How it ended is told as for any ending: for the one who went first, then for all; nobody
# concluded it, and the other ways are named.
GET /api/v1/matters/{M}/conclusions
200
{ items: [ {round: 1, form: "none", concluded_by: null, author_name: "", summary: "", routes: "…court…",
  outcomes: [ {claim_no: 1, party: "{A}", party_name: "周玉珍", outcome: "stopped_by_party", …},
              {claim_no: 1, party: null, outcome: "stopped_by_party", …} ], …} ], … }
GET /api/v1/work/items?bucket=to_reply&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }
POST /api/v1/matters/{M}/actions/reply
If-Match: "v{V}"
{ "text": "对方不愿调解，可向法院起诉", "channel": "phone" }
200
{ state: "replied", … }

# In hand: the handler writes down that a party stopped, and replies.
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "墙面渗水", "parties": [
    { "role": "applicant", "name": "丙" }, { "role": "respondent", "name": "丁" } ] }
201
{ id=>X, … }
GET /api/v1/matters/{X}
200
{ parties: [ {id=>P, …}, … ], … }
POST /api/v1/matters/{X}/actions/accept
If-Match: "v1"
{}
200
as dispatcher.guicheng
GET /api/v1/orgs?q=桂城街道人民调解
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{X}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200
as mediator.guicheng
POST /api/v1/matters/{X}/actions/take
If-Match: "v3"
{ "disclosed": true }
200
POST /api/v1/matters/{X}/actions/stop
If-Match: "v4"
{ "party": "{P}" }
200
{ state: "concluded", … }
GET /api/v1/work/items?bucket=to_reply&mine=true&limit=100
200
{ items: […, {matter: "{X}", …}, …], … }
GET /api/v1/matters/{X}
200
{ assignments: [ {state: "done", …} ], deadlines: [ …, {what: "handle", state: "met", …}, … ], … }

# What is no dispute is withdrawn, not stopped.
as clerk.guicheng
POST /api/v1/matters
{ "kind": "request", "title": "路灯不亮", "parties": [ { "role": "applicant", "name": "甲" } ] }
201
{ id=>R, … }
GET /api/v1/matters/{R}
200
{ parties: [ {id=>RP, …} ], … }
POST /api/v1/matters/{R}/actions/stop
If-Match: "v1"
{ "party": "{RP}" }
409
{ type: "/problems/needs-fact", … }

# The program tells it in words.
run timeline {N} --as clerk.guicheng
exit 0
| 终止  周玉珍（申请人）
| 退出人数 1，其他途径 向人民法院起诉、申请仲裁、申请劳动仲裁
| 当事人 谢秉谦，退出人数 1
run verify
exit 0
run check
exit 0
