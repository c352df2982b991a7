# A party urges and is answered; the district supervises a refusal; the town's leader
# supervises the committee, from the envelope; what is late and what is done.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "油烟扰民", "story": "排烟口正对卧室",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }

as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
POST /api/v1/door/matters/{M}/actions/urge
If-Match: "v1"
{ "text": "请尽快受理" }
200
{ state: "filed", version: 2, … }
POST /api/v1/door/matters/{M}/actions/urge
If-Match: "v2"
{ "text": "再催一次" }
409
{ type: "/problems/urged-today", … }

as dispatcher.guicheng
GET /api/v1/work/items?bucket=urged
200
{ items: […, {number: "{N}", bucket: "urged", …}, …], … }
POST /api/v1/matters/{M}/actions/answer_urge
If-Match: "v2"
{ "text": "今日下午受理" }
200
{ version: 3, … }
GET /api/v1/work/items?bucket=urged
200
! {N}

as 19900000201
GET /api/v1/door/matters/{M}/urges
200
{ items: [ {text: "请尽快受理", answer: "今日下午受理", party_name: "周玉珍", …} ], … }

# Refused; the party asks for a review, so the district knows of it, and supervises.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/decline
If-Match: "v3"
{ "reason": "refused", "text": "对方不愿调解" }
200
as 19900000201
POST /api/v1/door/matters/{M}/actions/ask_review
If-Match: "v4"
{}
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/supervise
If-Match: "v5"
{ "text": "请说明" }
403
as head.nanhai
POST /api/v1/matters/{M}/actions/supervise
If-Match: "v5"
{ "fault": "not_accepted", "body": "lead", "text": "请说明" }
422
{ field: "body", … }
POST /api/v1/matters/{M}/actions/supervise
If-Match: "v5"
{ "fault": "not_accepted", "body": "owner", "text": "请说明不受理的依据" }
200
{ state: "declined", version: 6, … }
GET /api/v1/supervisions?open=true
200
{ items: [ {number: "{N}", fault: "not_accepted", answered_at: null, …}, … ], … }

as clerk.guicheng
GET /api/v1/work/items?bucket=to_answer
200
{ items: [ {number: "{N}", …}, … ], … }
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "supervise", state: "running", …}, … ], … }
POST /api/v1/matters/{M}/actions/answer_supervision
If-Match: "v6"
{ "text": "已与对方再次沟通，对方同意调解" }
200
{ version: 7, … }

as 19900000201
GET /api/v1/door/matters/{M}/supervisions
200
! 依据
{ items: [ {fault: "not_accepted", by_name: "南海区综治中心", …} ], … }

as head.nanhai
POST /api/v1/matters/{M}/actions/review
If-Match: "v7"
{ "upheld": false, "text": "对方已同意，应予受理" }
200
GET /api/v1/supervisions
200
{ items: [ {answer: "已与对方再次沟通，对方同意调解", …}, … ], … }

# The owner's leader over the body that leads.
as dispatcher.guicheng
GET /api/v1/matters/{M}/hint
200
{ items: […, {org=>LEAD, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v8"
{ "org": "{LEAD}" }
200
as leader.guicheng
GET /api/v1/matters/{M}
200
! 排烟口
{ grade: 2, actions: [ {name: "supervise", …} ], … }
POST /api/v1/matters/{M}/actions/supervise
If-Match: "v9"
{ "fault": "not_handled", "text": "请按时接单" }
200
as mediator.guicheng
GET /api/v1/work
200
{ items: […, {bucket: "to_answer", count: 1, yellow: 0, overdue: 0, mine: false}, …], … }
POST /api/v1/matters/{M}/actions/take
If-Match: "v10"
{ "disclosed": true }
200
POST /api/v1/matters/{M}/actions/answer_supervision
If-Match: "v11"
{ "text": "已接单，明日联系双方" }
200

# What was done, and what is late: nothing yet.
GET /api/v1/work/done?mine=true
200
{ items: [ {number: "{N}", action: "answer_supervision", state: "in_hand", …}, … ], … }
GET /api/v1/work/done/today
200
{ body: 1, mine: 1 }
GET /api/v1/work/late?colour=red
200
! {N}
GET /api/v1/work/late?colour=green
422
{ field: "colour", … }

# The program tells it in words.
run timeline {N} --as clerk.guicheng
exit 0
| 催办  周玉珍（申请人）
| 督办事由 应受理未受理，督办对象 受理单位，督办要求 请说明不受理的依据
| 督办答复 已与对方再次沟通，对方同意调解
