# An applicant who was asked for details stays silent: the time is the applicant's and
# turns nobody red; when it is over the body goes on with what there is, and says so.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "围墙越界", "story": "新砌的围墙压了我家的界",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>M, number=>N, … }
POST /api/v1/matters/{M}/actions/ask_details
If-Match: "v1"
{ "text": "请提供宅基地使用证复印件" }
200
{ state: "details", version: 2, … }

# Before its time is over nobody goes on without the applicant.
POST /api/v1/matters/{M}/actions/go_on
If-Match: "v2"
{ "text": "按现有材料办理" }
409
{ type: "/problems/has-fact", … }
days 17
wait 10
GET /api/v1/matters/{M}
200
{ state: "details", actions: […, {name: "go_on", …}, …], … }
GET /api/v1/work/late
200
! {N}
POST /api/v1/matters/{M}/actions/go_on
If-Match: "v2"
{ "text": "" }
422
{ field: "text", … }
POST /api/v1/matters/{M}/actions/go_on
If-Match: "v2"
{ "text": "未补正，按现有材料办理" }
200
{ state: "filed", version: 3, … }
GET /api/v1/matters/{M}/journal
200
{ items: [ {action: "file", …}, …, {action: "ask_details", …}, …, {action: "go_on", actor_name: "区敏华", …}, … ], … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v3"
{}
200

# An event and advice have the same: a short time for details, in which their clocks stand.
as clerk.guicheng
POST /api/v1/matters
{ "kind": "event", "title": "井盖松动", "parties": [ { "role": "applicant", "name": "周玉珍", "phone": "19900000201" } ] }
201
{ id=>E, number=>NE, pin=>PE, … }
POST /api/v1/matters/{E}/actions/ask_details
If-Match: "v1"
{ "text": "请说明在哪个路口" }
200
{ state: "details", … }
GET /api/v1/matters/{E}
200
{ deadlines: [ …, {what: "whole", state: "paused", …}, …, {what: "details", rule: "product.event.details", state: "running", …} ], … }
POST /api/v1/matters/{E}/actions/go_on
If-Match: "v2"
{ "text": "按现有材料办理" }
409
POST /api/v1/matters
{ "kind": "advice", "title": "怎样申请法律援助", "parties": [ { "role": "applicant", "name": "周玉珍", "phone": "19900000201" } ] }
201
{ id=>D, number=>ND, pin=>PD, … }
POST /api/v1/matters/{D}/actions/ask_details
If-Match: "v1"
{ "text": "请说明是什么纠纷" }
200
days 5
wait 10
GET /api/v1/matters/{E}
200
{ state: "details", actions: […, {name: "go_on", …}, …], … }
GET /api/v1/work/late
200
! {NE}
! {ND}
POST /api/v1/matters/{E}/actions/go_on
If-Match: "v2"
{ "text": "按现有材料办理" }
200
{ state: "filed", … }
POST /api/v1/matters/{D}/actions/add_details
If-Match: "v2"
{ "text": "邻里漏水" }
200
{ state: "filed", version: 3, … }

# Refused, they go to the body above as any other.
POST /api/v1/matters/{D}/actions/decline
If-Match: "v3"
{ "reason": "outside", "text": "请向区法律援助中心咨询" }
200
{ state: "declined", … }
as 19900000201
POST /api/v1/door/links
{ "number": "{ND}", "pin": "{PD}" }
200
GET /api/v1/door/matters/{D}
200
{ version=>VD, actions: […, {name: "ask_review", …}, …], deadlines: [ …, {what: "decline_review_apply", state: "running", …}, … ], … }
POST /api/v1/door/matters/{D}/actions/ask_review
If-Match: "v{VD}"
{ "grounds": "就近先答一句也好" }
200
as head.nanhai
GET /api/v1/work/items?bucket=to_review&limit=100
200
{ items: […, {matter: "{D}", …}, …], … }
GET /api/v1/matters/{D}
200
{ version=>VD, … }
POST /api/v1/matters/{D}/actions/review
If-Match: "v{VD}"
{ "upheld": false, "text": "综治中心可以先行解答" }
200
{ state: "accepted", … }

run timeline {N} --as clerk.guicheng
exit 0
| 按现有材料办理
run verify
exit 0
run check
exit 0
