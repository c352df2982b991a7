# Whose word stands: a party stops although the handler objects to having the matter, and
# what a party said last is not undone by what is written down later about an earlier day.

as dispatcher.guicheng
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
GET /api/v1/orgs?q=桂城派出所
200
{ items: […, {id=>POLICE, …}, …], … }
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "楼道堆物", "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" }, { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001" } ], "claims": [ { "text": "停止油烟" } ] }
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
as mediator.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v{V}"
{ "disclosed": true }
200
{ version=>V, … }
POST /api/v1/matters/{M}/actions/object
If-Match: "v{V}"
{ "reason": "应由物业处理" }
200
{ version=>V, … }

as 19900000201
GET /api/v1/door/matters/{M}
200
{ actions: […, {name: "stop", …}, …], … }
POST /api/v1/door/matters/{M}/actions/stop
If-Match: "v{V}"
{}
200
{ state: "concluded", … }
as mediator.guicheng
GET /api/v1/matters/{M}
200
{ assignments: [ {state: "done", …} ], … }
as dispatcher.guicheng
GET /api/v1/work/items?bucket=objected
200
! {N}

as dispatcher.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "天台漏水", "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" }, { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001" } ], "claims": [ { "text": "停止油烟" } ] }
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
as mediator.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v{V}"
{ "disclosed": true }
200
{ version=>V, … }
POST /api/v1/matters/{M}/actions/object
If-Match: "v{V}"
{ "reason": "应由物业处理" }
200
{ version=>V, … }
# Whoever objects has it until that is decided, and may come to an outcome meanwhile.
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v{V}"
{ "outcomes": [ { "outcome": "settled" } ], "form": "written", "summary": "谈成" }
200
{ version=>V, … }
GET /api/v1/matters/{M}
200
{ assignments: [ {state: "done", …} ], … }
GET /api/v1/matters/{M}
200
{ concluded_at=>T, … }
days 2
as 19900000201
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v{V}"
{ "answer": "no", "text": "没有谈成这个数" }
200
{ version=>V, … }
as mediator.guicheng
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v{V}"
{ "party": "{A}", "answer": "yes", "at": "{T}" }
200
{ version=>V, … }
GET /api/v1/matters/{M}
200
{ denied: true, parties: [ {id: "{A}", answer: "no", …}, … ], … }

run verify
exit 0
run check
exit 0
