# Sent back, decided, recalled, transferred; a third refusal is ruled on above.

as dispatcher.guicheng
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>COMMITTEE, name: "桂城街道人民调解委员会", …}, …], … }
GET /api/v1/orgs?q=桂城派出所
200
{ items: […, {id=>POLICE, …}, …], … }
POST /api/v1/matters
{ "kind": "request", "type": "01", "title": "路灯三个月不亮", "source": "hotline" }
201
{ id=>M, number=>N, … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{POLICE}", "reason": "试派" }
200

# The body sends the hot line's order back: it keeps it until that is decided.
as handler.police.guicheng
GET /api/v1/matters/{M}
200
{ actions: [ {name: "take", …}, {name: "object", …}, … ], … }
POST /api/v1/matters/{M}/actions/object
If-Match: "v3"
{ "reason": "" }
422
POST /api/v1/matters/{M}/actions/object
If-Match: "v3"
{ "reason": "照明设施由住建部门维护" }
200
{ state: "accepted", version: 4, … }
POST /api/v1/matters/{M}/actions/take
If-Match: "v4"
{ "disclosed": true }
409
{ type: "/problems/has-fact", … }

as dispatcher.guicheng
GET /api/v1/work/items?bucket=objected
200
{ items: [ {matter: "{M}", …} ], … }
POST /api/v1/matters/{M}/actions/transfer
If-Match: "v4"
{ "org": "{COMMITTEE}", "reason": "换人" }
409
POST /api/v1/matters/{M}/actions/decide_objection
If-Match: "v4"
{ "stands": false, "text": "先到现场核实" }
200
{ version: 5, … }

as handler.police.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v5"
{ "disclosed": true }
200
POST /api/v1/matters/{M}/actions/object
If-Match: "v6"
{ "reason": "已核实，灯杆属住建部门" }
200
{ state: "in_hand", version: 7, … }

# Who decides reads what was said.
as dispatcher.guicheng
GET /api/v1/matters/{M}
200
{ assignments: […, {state: "objected", objection: "已核实，灯杆属住建部门", …}], … }
POST /api/v1/matters/{M}/actions/decide_objection
If-Match: "v7"
{ "stands": true, "text": "异议成立" }
200
{ state: "accepted", version: 8, … }
GET /api/v1/work/items?bucket=objected
200
{ items: [], … }
GET /api/v1/matters/{M}
200
{ assignments: [ {state: "returned", …} ], … }

# Who was sent away sees it no more.
as handler.police.guicheng
GET /api/v1/matters/{M}
404

as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/assign
If-Match: "v8"
{ "org": "{COMMITTEE}" }
200

# The third refusal is for the body above.
as mediator.guicheng
POST /api/v1/matters/{M}/actions/object
If-Match: "v9"
{ "reason": "不属调解范围" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/decide_objection
If-Match: "v10"
{ "stands": true, "text": "重派" }
409
{ type: "/problems/has-fact", … }

as head.nanhai
GET /api/v1/work/items?bucket=objected
200
{ items: [ {matter: "{M}", …} ], … }
POST /api/v1/matters/{M}/actions/rule_objection
If-Match: "v10"
{ "org": "{POLICE}", "text": "由派出所牵头联系路灯权属单位" }
200
{ state: "accepted", version: 11, … }

as handler.police.guicheng
POST /api/v1/matters/{M}/actions/object
If-Match: "v11"
{ "reason": "仍不属职责" }
409
{ type: "/problems/has-fact", … }
POST /api/v1/matters/{M}/actions/take
If-Match: "v11"
{ "disclosed": true }
200

as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/recall
If-Match: "v12"
{ "reason": "权属已查明" }
200
{ state: "accepted", version: 13, … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v13"
{ "org": "{POLICE}" }
200
POST /api/v1/matters/{M}/actions/transfer
If-Match: "v14"
{ "org": "{POLICE}", "reason": "同一单位" }
409
POST /api/v1/matters/{M}/actions/transfer
If-Match: "v14"
{ "org": "{COMMITTEE}", "reason": "改由街道协调" }
200
{ state: "accepted", version: 15, … }
GET /api/v1/matters/{M}
200
{ lead_name: "桂城调委会", … }

# While a body objects, a party may still leave.
POST /api/v1/matters
{ "kind": "request", "title": "撤回与异议", "parties": [ { "role": "applicant", "name": "周玉珍" } ] }
201
{ id=>W, … }
POST /api/v1/matters/{W}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{W}/actions/assign
If-Match: "v2"
{ "org": "{COMMITTEE}" }
200
as mediator.guicheng
POST /api/v1/matters/{W}/actions/object
If-Match: "v3"
{ "reason": "不属职责" }
200
as dispatcher.guicheng
GET /api/v1/matters/{W}
200
{ parties: [ {id=>WHO, …} ], … }
POST /api/v1/matters/{W}/actions/withdraw
If-Match: "v4"
{ "party": "{WHO}" }
200
{ state: "withdrawn", … }

run timeline {N} --as dispatcher.guicheng --lang en
exit 0
| object
| objection
| rule on the objection
| transfer
| Reason 改由街道协调
| Lead body 桂城街道人民调解委员会
| decision rejected, Decision 先到现场核实
| Reason 不属调解范围, objections 3
