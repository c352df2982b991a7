# Closed, and broken: the first instalment is not paid, the visitor finds out, the matter goes
# back to the body that led it with its days counting on, and ends performed.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "装修尾款", "story": "装修验收后尾款一直未付",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "田师傅" } ],
  "claims": [ { "text": "付清尾款", "amount": 800000 } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], deadlines: [ …, {what: "whole", started_at=>WHOLE, …}, … ], … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/orgs?q=关映荷
200
{ items: [ {id=>O, …}, … ], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200
as mediator.studio.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200
days 3
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "outcome": "settled", "settled": 800000 } ], "form": "written", "summary": "分两期付清",
  "instalments": [ { "due_on": "{DAY+10}", "amount": 400000 }, { "due_on": "{DAY+40}", "amount": 400000 } ] }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v5"
{ "text": "双方已达成协议，分两期付清" }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v6"
{ "answers": [ { "party": "{A}", "answer": "yes" }, { "party": "{B}", "answer": "yes" } ] }
200
{ state: "closed", version: 7, … }

# Its day came: the visit is late, and what it finds is a breach.
days 45
wait 20
GET /api/v1/matters/{M}/journal?limit=100
200
| "action":"overdue"
GET /api/v1/work/items?bucket=to_visit&limit=100
200
{ items: […, {matter: "{M}", overdue: true, …}, …], … }
POST /api/v1/matters/{M}/actions/visit
If-Match: "v7"
{ "parties": [ { "party": "{A}", "reached": true, "satisfaction": "not" } ], "performance": "none",
  "rebound": true, "help": "想知道怎么追款", "note": "两期都未付" }
200
POST /api/v1/matters/{M}/actions/reopen
If-Match: "v8"
{ "why": "breach", "text": "两期款均未付" }
200
{ state: "accepted", version: 9, … }

# A new round at the same body; the days did not begin anew.
GET /api/v1/matters/{M}
200
{ state: "accepted", round: 2, lead_name: "关映荷工作室", closed_at: null, claims: [ {outcome: "", …} ],
  deadlines: [ …, {what: "whole", state: "running", started_at: "{WHOLE}", stops: [ {…} ], …}, …, {what: "handle", state: "running", stops: [ {…} ], …}, … ], … }
as mediator.studio.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v9"
{ "disclosed": true }
200
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v10"
{ "outcomes": [ { "outcome": "settled_performed", "settled": 800000 } ], "form": "written", "summary": "当场付清" }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v11"
{ "text": "尾款已当场付清" }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v12"
{ "answers": [ { "party": "{A}", "answer": "yes" }, { "party": "{B}", "answer": "yes" } ] }
200
{ state: "closed", … }

run timeline {N} --as dispatcher.guicheng
exit 0
| 超期  （系统）
| 履行情况 未履行，有反弹 是，需要的帮助 想知道怎么追款，说明 两期都未付
| 重启  区敏华（桂城综治中心）
| 原因 违反协议，说明 两期款均未付，轮次 2
| 达成协议并已履行
run verify
exit 0
run check
exit 0
