# The other side was not known at the counter; a third person turns up while it is in hand.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "高空坠物", "parties": [ { "role": "applicant", "name": "周玉珍" } ],
  "claims": [ { "text": "赔偿", "amount": 500000 } ] }
201
{ id=>M, number=>N, pin=>PIN, … }

POST /api/v1/matters/{M}/actions/add_party
If-Match: "v1"
{ "parties": [], "reason": "查明住户" }
422
{ field: "parties", … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v1"
{ "parties": [ { "role": "respondent", "name": "" } ], "reason": "查明住户" }
422
{ field: "parties[0].name", … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v1"
{ "parties": [ { "role": "respondent", "name": "谢秉谦", "id_kind": "resident", "id_number": "440601199001011231" } ], "reason": "查明住户" }
422
{ field: "parties[0].id_number", … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v1"
{ "parties": [ { "role": "respondent", "name": "谢秉谦", "phone": "19900000202" } ] }
422
{ field: "reason", … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v1"
{ "parties": [ { "role": "respondent", "name": "谢秉谦", "phone": "19900000202" } ], "reason": "查明住户" }
200
{ state: "filed", version: 2, … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v1"
{ "parties": [ { "role": "third", "name": "别人" } ], "reason": "没有看到新版本" }
412

# It is a party as those from the filing are: masked, numbered on, linked by its own number.
GET /api/v1/matters/{M}
200
{ parties: [ {no: 1, name: "周玉珍", …}, {id=>P, no: 2, role: "respondent", name: "谢秉谦", phone: "199****0202", …} ], … }
as 19900000202
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
GET /api/v1/door/matters/{M}
200
{ number: "{N}", … }

# The handler finds one more; who is in it, is in the chain by name and side only.
as dispatcher.guicheng
GET /api/v1/matters/{M}
200
{ version=>V, … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v{V}"
{}
200
{ version=>V, … }
GET /api/v1/orgs?q=桂城街道人民调解
200
{ items: [ {id=>BODY, …}, … ], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v{V}"
{ "org": "{BODY}" }
200
as mediator.guicheng
GET /api/v1/matters/{M}
200
{ version=>V, … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v{V}"
{ "parties": [ { "role": "third", "name": "物业公司", "kind": "organisation" } ], "reason": "未接单不能追加" }
403
POST /api/v1/matters/{M}/actions/take
If-Match: "v{V}"
{ "disclosed": true }
200
{ version=>V, … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v{V}"
{ "parties": [ { "role": "third", "name": "桂城物业公司", "kind": "organisation", "phone": "19900000203" } ], "reason": "物业负有管理责任" }
200
{ version=>V, … }
GET /api/v1/matters/{M}/journal
200
! 19900000203
{ items: […, {action: "add_party", payload: {party_3: {before: {}, after: {role: "third", name: "桂城物业公司"}}, reason: "物业负有管理责任"}, …} ], … }

# An outcome is for those who were in it.
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v{V}"
{ "outcomes": [ { "outcome": "settled", "settled": 300000 } ], "summary": "谢某与物业共同赔偿" }
200
{ version=>V, … }
POST /api/v1/matters/{M}/actions/add_party
If-Match: "v{V}"
{ "parties": [ { "role": "third", "name": "来晚了" } ], "reason": "已有结果" }
409
{ type: "/problems/wrong-state", … }

run timeline {N} --as dispatcher.guicheng
exit 0
| 追加当事人
| 当事人 2：身份 被申请人，姓名或名称 谢秉谦
| 追加理由 查明住户
run verify
exit 0
