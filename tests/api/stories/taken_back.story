# What was given to lead or to review goes back with it: who is supervised and leads no
# more need not answer what cannot be seen, and the body above keeps the envelope.

as dispatcher.guicheng
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
GET /api/v1/orgs?q=桂城派出所
200
{ items: […, {id=>POLICE, …}, …], … }
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "水泵噪声", "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" }, { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001" } ], "claims": [ { "text": "停止油烟" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
GET /api/v1/door/matters/{M}
200
{ version=>V, parties: [ {id=>A, …}, {id=>B, …} ], claims: [ {id=>C, …} ], … }
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v{V}"
{}
200
{ version=>V, … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v{V}"
{ "org": "{O}" }
200
{ version=>V, … }

# The owner's leader supervises the lead: taking the matter back is the answer.
as leader.guicheng
POST /api/v1/matters/{M}/actions/supervise
If-Match: "v{V}"
{ "fault": "not_handled", "body": "lead", "text": "请说明" }
200
{ version=>V, … }
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/transfer
If-Match: "v{V}"
{ "org": "{POLICE}", "reason": "涉及治安" }
200
{ version=>V, … }
GET /api/v1/matters/{M}/supervisions
200
{ items: [ {answered_at: …, answer: "", …} ], … }
as mediator.guicheng
GET /api/v1/matters/{M}
404
GET /api/v1/work/items?bucket=to_answer
200
! {N}

# The district led it for a while, and sees it for the supervision's sake from then on.
as dispatcher.guicheng
GET /api/v1/orgs?q=南海区社会治安综合治理中心
200
{ items: [ {id=>NH, …}, … ], … }
POST /api/v1/matters
{ "kind": "request", "type": "01", "title": "河涌淤塞", "parties": [ { "role": "applicant", "name": "甲" } ] }
201
{ id=>M, number=>N, … }
days 10
wait 10
GET /api/v1/matters/{M}/journal
200
{ items: […, {action: "overdue", …}, …], … }
as dispatcher.nanhai
GET /api/v1/matters/{M}
200
! 河涌淤塞
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{NH}" }
200
as dispatcher.nanhai
GET /api/v1/matters/{M}
200
| 河涌淤塞
# Supervised from above, the town answers when it has taken the matter back.
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/recall
If-Match: "v3"
{ "reason": "由本街道办理" }
200
as dispatcher.nanhai
GET /api/v1/matters/{M}
200
! 河涌淤塞

# A review is over when it is decided.
as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "借款不还", "parties": [ { "role": "applicant", "name": "甲" }, { "role": "respondent", "name": "乙" } ] }
201
{ id=>M, number=>N, … }
POST /api/v1/matters/{M}/actions/decline
If-Match: "v1"
{ "reason": "refused", "text": "对方不愿调解" }
200
POST /api/v1/matters/{M}/actions/ask_review
If-Match: "v2"
{}
200
as head.nanhai
GET /api/v1/matters/{M}
200
| 借款不还
POST /api/v1/matters/{M}/actions/review
If-Match: "v3"
{ "upheld": false, "text": "应当受理" }
200
GET /api/v1/matters/{M}
200
! 借款不还

run verify
exit 0
run check
exit 0
