# Each side answers for itself: an oral settlement is a report until both said yes, one
# side's no stays and shows, and nobody is written off without tries enough.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "楼上漏水", "story": "天花发霉",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201", "channel": "letter" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001" } ],
  "claims": [ { "text": "修好防水" }, { "text": "赔偿天花", "amount": 260000 }, { "text": "赔礼道歉" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
GET /api/v1/door/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], claims: [ {id=>C1, …}, {id=>C2, …}, {id=>C3, …} ], … }

as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/matters/{M}/hint
200
{ items: […, {org=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200

as mediator.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200

# Before there is an outcome nobody can agree to it; a call is a call.
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v4"
{ "party": "{B}", "answer": "yes" }
422
{ field: "answer", … }
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v4"
{ "party": "{B}", "reached": true, "note": "约好周五面谈" }
200
{ state: "in_hand", version: 5, … }

# Partial settlement of three claims: what failed needs the other ways.
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v5"
{ "outcomes": [ { "claim": "{C1}", "outcome": "settled" }, { "claim": "{C2}", "outcome": "settled", "settled": 150000 } ],
  "form": "oral", "summary": "谈成两项" }
422
{ type: "/problems/no-outcome", … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v5"
{ "outcomes": [ { "claim": "{C1}", "outcome": "settled" }, { "claim": "{C2}", "outcome": "settled", "settled": 150000 },
                { "claim": "{C3}", "outcome": "failed", "note": "不愿道歉" } ],
  "form": "oral", "summary": "谈成两项" }
422
{ type: "/problems/need-routes", field: "routes", … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v5"
{ "outcomes": [ { "claim": "{C1}", "outcome": "settled" }, { "claim": "{C2}", "outcome": "settled", "settled": 150000 },
                { "claim": "{C3}", "outcome": "failed", "note": "不愿道歉" } ],
  "form": "oral", "routes": "court legal_aid", "summary": "谈成两项",
  "instalments": [ { "due_on": "{DAY+30}", "amount": 150000 } ] }
200
{ state: "concluded", version: 6, … }
GET /api/v1/matters/{M}/conclusions
200
{ items: [ { round: 1, form: "oral", routes: "court legal_aid", summary: "谈成两项",
  outcomes: [ {claim_no: 1, outcome: "settled", …}, {claim_no: 2, settled: 150000, …}, {claim_no: 3, outcome: "failed", …} ],
  instalments: [ {amount: 150000, …} ], … } ], … }
GET /api/v1/matters/{M}
200
{ reported: true, denied: false, … }

# Who made it does not confirm it.
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v6"
{ "party": "{B}", "answer": "yes" }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v7"
{ "text": "两项已谈成，道歉一项可向法院起诉" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v8"
{}
422
{ type: "/problems/no-answer", field: "answers", … }

# The party at its own page: the outcome, its routes, and what it says to it.
as 19900000201
GET /api/v1/door/matters/{M}/conclusions
200
{ items: [ { routes: "court legal_aid", !summary, … } ], … }
GET /api/v1/door/matters/{M}
200
{ reported: true, !denied, parties: [ {name: "周玉珍", answer: "none", …}, {answer: "given", …} ],
  actions: [ {name: "answer", …}, … ], … }
GET /api/v1/door/matters/{M}/messages
200
{ items: [ {kind: "reply", channel: "letter", …} ], … }
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v8"
{ "answer": "none" }
422
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v8"
{ "answer": "no", "text": "口头谈的是两千，不是一千五" }
200
GET /api/v1/door/matters/{M}/attempts
200
{ items: [ {answer: "no", own: true, note: "口头谈的是两千，不是一千五", …} ], … }

# One side denies it: it shows, it closes, and it is settled in no number.
as clerk.guicheng
GET /api/v1/matters/{M}
200
{ reported: true, denied: true, parties: [ {answer: "no", …}, {answer: "yes", …} ], … }
POST /api/v1/matters/{M}/actions/close
If-Match: "v9"
{}
200
{ state: "closed", … }
as 19900000201
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v10"
{ "answer": "yes" }
409

# The program tells it in words.
run timeline {N} --as dispatcher.guicheng
exit 0
| 结果：请求 修好防水，达成协议
| 结果：请求 赔偿天花，达成协议，协议金额 1500.00 元
| 结果：请求 赔礼道歉，未达成协议，已告知途径，说明 不愿道歉
| 协议形式 口头协议，已告知的其他途径 向人民法院起诉、申请法律援助
| 当事人 谢秉谦，方式 电话，已联系上 是，本人意见 认可
| 本人意见  周玉珍（申请人）
| 本人意见 不认可，本人说明 口头谈的是两千，不是一千五
| 办结  区敏华（桂城综治中心）
run verify
exit 0
