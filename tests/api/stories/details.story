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

run timeline {N} --as clerk.guicheng
exit 0
| 按现有材料办理
run verify
exit 0
run check
exit 0
