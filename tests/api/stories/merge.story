# Two matters become one, and two again.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "二楼漏水", "parties": [
    { "role": "applicant", "name": "周玉珍", "phone": "19900000201" }, { "role": "respondent", "name": "谢秉谦" } ],
  "claims": [ { "text": "修防水", "amount": 100000 } ] }
201
{ id=>A, number=>NA, pin=>PINA, … }
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "一楼也漏", "parties": [
    { "role": "applicant", "name": "黎婆婆" }, { "role": "respondent", "name": "谢秉谦" } ],
  "claims": [ { "text": "赔墙纸", "amount": 50000 } ] }
201
{ id=>B, number=>NB, … }
POST /api/v1/matters
{ "kind": "request", "title": "路灯", "parties": [ { "role": "applicant", "name": "甲" } ] }
201
{ id=>R, number=>NR, … }
as 19900000201
POST /api/v1/door/links
{ "number": "{NA}", "pin": "{PINA}" }
200

as clerk.guicheng
POST /api/v1/matters/{A}/actions/merge
If-Match: "v1"
{ "number": "{NA}", "reason": "自己并自己" }
422
{ field: "number", … }
POST /api/v1/matters/{A}/actions/merge
If-Match: "v1"
{ "number": "{NR}", "reason": "不是一类" }
422
POST /api/v1/matters/{A}/actions/merge
If-Match: "v1"
{ "number": "440600000000000", "reason": "没有" }
422
as clerk.dali
POST /api/v1/matters
{ "kind": "dispute", "title": "别处的事", "parties": [ { "role": "applicant", "name": "乙" } ] }
201
{ number=>FAR, … }
as clerk.guicheng
POST /api/v1/matters/{A}/actions/merge
If-Match: "v1"
{ "number": "{FAR}", "reason": "别处的事" }
422
{ type: "/problems/no-such-reference", … }

POST /api/v1/matters/{A}/actions/merge
If-Match: "v1"
{ "number": "{NB}", "reason": "同一处漏水" }
200
{ state: "merged", version: 2, … }
GET /api/v1/matters/{A}
200
{ state: "merged", deadlines: [ …, {what: "whole", state: "dropped", …}, … ], … }
# What they ask is in the head, with who asks it.
GET /api/v1/matters/{B}
200
{ amount: 150000, parties: [ {name: "黎婆婆", …}, {name: "谢秉谦", …}, {name: "周玉珍", phone: "199****0201", …}, {name: "谢秉谦", …} ],
  claims: [ {text: "赔墙纸", …}, {text: "修防水", amount: 100000, …} ], … }
GET /api/v1/matters/{A}/ties
200
{ items: [ {relation: "merged", head: true, number: "{NB}", …} ], … }
GET /api/v1/matters/{B}/ties
200
{ items: [ {relation: "merged", head: false, number: "{NA}", …} ], … }
GET /api/v1/matters/{B}/journal
200
{ items: [ {action: "file", …}, {action: "merge_in", …} ], … }
as 19900000201
GET /api/v1/door/matters/{B}
200
{ title: "一楼也漏", … }
GET /api/v1/door/matters/{A}/ties
200
{ items: [ {head: true, number: "{NB}", …} ], … }

# Undone: both as before, the clocks as if nothing had stopped them.
as clerk.guicheng
POST /api/v1/matters/{A}/actions/unmerge
If-Match: "v2"
{ "reason": "查明两处水源不同" }
200
{ state: "filed", version: 3, … }
GET /api/v1/matters/{A}
200
{ deadlines: [ …, {what: "whole", state: "running", ended_at: null, …}, … ], … }
GET /api/v1/matters/{B}
200
{ amount: 50000, parties: [ {name: "黎婆婆", …}, {name: "谢秉谦", …} ], claims: [ {text: "赔墙纸", …} ], … }
GET /api/v1/work/items?bucket=to_accept&limit=100
200
{ items: […, {matter: "{A}", …}, …], … }
as 19900000201
GET /api/v1/door/matters/{B}
404

# Undone as well when it was put away meanwhile; only so, for it has no ending to reopen.
as clerk.guicheng
POST /api/v1/matters/{A}/actions/accept
If-Match: "v3"
{}
200
POST /api/v1/matters/{A}/actions/merge
If-Match: "v4"
{ "number": "{NB}", "reason": "还是同一处漏水" }
200
POST /api/v1/matters/{A}/actions/archive
If-Match: "v5"
{}
200
{ state: "archived", version: 6, … }
GET /api/v1/matters/{A}
200
{ actions: [ …, {name: "unmerge", …}, … ], … }
POST /api/v1/matters/{A}/actions/reopen
If-Match: "v6"
{ "why": "rebound" }
409
{ type: "/problems/has-fact", … }
POST /api/v1/matters/{A}/actions/unmerge
If-Match: "v6"
{ "reason": "再查明确是两处" }
200
{ state: "accepted", version: 7, … }
GET /api/v1/matters/{A}
200
{ retention: "", deadlines: [ …, {what: "whole", state: "running", ended_at: null, …}, … ], … }
as dispatcher.guicheng
GET /api/v1/work/items?bucket=to_assign&limit=100
200
{ items: […, {matter: "{A}", …}, …], … }

# Who leaves the one leaves the other: asked once is enough, and it is at its end.
as clerk.guicheng
POST /api/v1/matters/{A}/actions/merge
If-Match: "v7"
{ "number": "{NB}", "reason": "一并处理" }
200
GET /api/v1/matters/{B}
200
{ version=>VB, … }
as 19900000201
POST /api/v1/door/matters/{B}/actions/withdraw
If-Match: "v{VB}"
{}
200
{ state: "filed", … }
as clerk.guicheng
POST /api/v1/matters/{A}/actions/unmerge
If-Match: "v8"
{ "reason": "申请人已撤回" }
200
{ state: "withdrawn", … }
GET /api/v1/matters/{A}
200
{ parties: [ {name: "周玉珍", left_at: …, …}, {name: "谢秉谦", …} ], deadlines: [ …, {what: "archive", state: "running", …}, … ], … }

# The program tells it in words.
run timeline {NA} --as clerk.guicheng
exit 0
| 并入的事项编号 {NB}，并案理由 同一处漏水
| 撤销并案  区敏华（桂城综治中心）
run timeline {NB} --as clerk.guicheng
exit 0
| 并入事项  区敏华（桂城综治中心）
| 事项编号 {NA}
| 移出并入的事项
run verify
exit 0
run check
exit 0
