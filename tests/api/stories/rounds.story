# After the close: a visit that reaches nobody, one that does, a rating, a breach, and the
# matter again at the body that led it, with its days going on.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "看房酬劳", "story": "口头请人改图看房，结账时谈不拢",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "田师傅", "phone": "19900003001" } ],
  "claims": [ { "text": "付清酬劳", "amount": 800000 } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], … }
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
{ items: [ {id=>STUDIO, …}, … ], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{STUDIO}", "reason": "个人调解工作室介入" }
200

# A named studio talks to each side by itself, under seal.
as mediator.studio.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200
POST /api/v1/matters/{M}/compartments
{ "kind": "separate", "side": "{A}" }
200
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "outcome": "settled", "settled": 500000 } ], "form": "written", "summary": "背靠背沟通后达成协议，分两期付",
  "instalments": [ { "due_on": "{DAY+10}", "amount": 250000 }, { "due_on": "{DAY+40}", "amount": 250000 } ] }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v5"
{ "text": "双方已达成协议" }
200
as 19900000201
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v6"
{ "answer": "yes" }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v7"
{ "answers": [ { "party": "{B}", "answer": "yes", "channel": "phone" } ] }
200
{ state: "closed", version: 8, … }
GET /api/v1/work/items?bucket=to_visit
200
| 看房酬劳

# Nobody there: it stays to be visited.
POST /api/v1/matters/{M}/actions/visit
If-Match: "v8"
{ "parties": [ { "party": "7" } ] }
422
{ field: "parties[0].party", … }
POST /api/v1/matters/{M}/actions/visit
If-Match: "v8"
{ "parties": [ { "party": "{A}" } ], "next_on": "{DAY-3}" }
422
{ field: "next_on", … }
POST /api/v1/matters/{M}/actions/visit
If-Match: "v8"
{ "parties": [ { "party": "{A}" } ] }
200
{ version: 9, … }
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "visit", state: "running", …}, …], … }

# Reached: the next visit follows the next instalment by itself.
POST /api/v1/matters/{M}/actions/visit
If-Match: "v9"
{ "parties": [ { "party": "{A}", "reached": true, "satisfaction": "satisfied" }, { "party": "{B}", "reached": true, "satisfaction": "basically" } ],
  "confirmed": true, "performance": "not_due", "help": "想了解司法确认" }
200
{ version: 10, … }
GET /api/v1/matters/{M}/visits
200
{ items: [ {reached: false, …}, {reached: true, performance: "not_due", confirmed: true, help: "想了解司法确认", next_on: "{DAY+10}",
           parties: [ {satisfaction: "satisfied", …}, {satisfaction: "basically", …} ], …} ], … }
GET /api/v1/work/items?bucket=to_visit
200
| 看房酬劳

# The party rates while its time runs, and sees its own word only.
as 19900000201
POST /api/v1/door/matters/{M}/actions/rate
If-Match: "v10"
{}
422
POST /api/v1/door/matters/{M}/actions/rate
If-Match: "v10"
{ "satisfaction": "satisfied", "words": "没有让我多跑" }
200
GET /api/v1/door/matters/{M}/ratings
200
{ items: [ {satisfaction: "satisfied", own: true, …} ], … }
as clerk.guicheng
POST /api/v1/matters/{M}/actions/rate
If-Match: "v11"
{ "party": "{B}", "satisfaction": "not" }
200
as 19900000201
GET /api/v1/door/matters/{M}/ratings
200
{ items: [ {satisfaction: "satisfied", …} ], … }

# The agreement is broken: the visitor says why, and the studio has it again.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/reopen
If-Match: "v12"
{}
422
{ type: "/problems/need-reason", field: "why", … }
POST /api/v1/matters/{M}/actions/reopen
If-Match: "v12"
{ "why": "breach", "text": "第一期未付" }
200
{ state: "accepted", version: 13, … }
GET /api/v1/matters/{M}
200
{ state: "accepted", round: 2, closed_at: null, lead_name: "关映荷工作室", handler_name: "", parties: [ {answer: "none", …}, {answer: "none", …} ],
  claims: [ {outcome: "", …} ], deadlines: [ {what: …, …}, … ], … }
GET /api/v1/matters/{M}/reopenings
200
{ items: [ {round: 1, why: "breach", text: "第一期未付", …} ], … }
GET /api/v1/matters/{M}/attempts
200
as mediator.studio.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v13"
{ "disclosed": true }
200
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v14"
{ "outcomes": [ { "outcome": "settled_performed", "settled": 500000 } ], "form": "written", "summary": "当场付清" }
200
GET /api/v1/matters/{M}/conclusions
200
{ items: [ {round: 1, …}, {round: 2, …} ], … }

# A party may still say that it is not over, and need not say why.
as 19900000201
POST /api/v1/door/matters/{M}/actions/reopen
If-Match: "v15"
{}
200
{ state: "accepted", … }

# The program tells it in words.
run timeline {N} --as dispatcher.guicheng
exit 0
| 主办单位 关映荷调解工作室，派单理由 个人调解工作室介入
| 履行情况 未到期，协议已经司法确认 是，需要的帮助 想了解司法确认，下次回访日期 {DAY+10}
| 评价  周玉珍（申请人）
| 满意程度 满意，意见和建议 没有让我多跑
| 原因 违反协议，说明 第一期未付，轮次 2
| 结果：达成协议并已履行，协议金额 5000.00 元
| 重启  周玉珍（申请人）
run verify
exit 0
