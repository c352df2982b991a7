# One matter becomes several, each with its own lead body; the whole waits for them.

as dispatcher.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "装修漏水又打人", "parties": [
    { "role": "applicant", "name": "周玉珍" }, { "role": "respondent", "name": "谢秉谦" }, { "role": "third", "name": "装修队" } ],
  "claims": [ { "text": "修防水", "amount": 100000 }, { "text": "赔医药费", "amount": 50000 } ] }
201
{ id=>M, number=>N, … }
GET /api/v1/matters/{M}
200
{ claims: [ {id=>C1, …}, {id=>C2, …} ], parties: [ {id=>P1, …}, {id=>P2, …}, {…} ], … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/orgs?q=桂城街道人民调解
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }

POST /api/v1/matters/{M}/actions/split
If-Match: "v2"
{ "reason": "一份太少", "parts": [ { "title": "漏水" } ] }
422
{ field: "parts", … }
POST /api/v1/matters/{M}/actions/split
If-Match: "v2"
{ "reason": "两个部门", "parts": [ { "title": "漏水", "claims": [ { "claim": "{C1}" } ] }, { "title": "打人", "claims": [ { "claim": "{C1}" } ] } ] }
422
{ type: "/problems/no-such-reference", … }
POST /api/v1/matters/{M}/actions/split
If-Match: "v2"
{ "reason": "两个部门", "parts": [
    { "title": "装修漏水", "org": "{O}", "claims": [ { "claim": "{C1}" } ] },
    { "title": "打人赔偿", "claims": [ { "claim": "{C2}" } ], "parties": [ { "party": "{P1}" }, { "party": "{P2}" } ] } ] }
200
{ id: "{M}", state: "accepted", version: 3, parts: [ {number=>N1, pin=>PIN1, title: "装修漏水", …}, {title: "打人赔偿", …} ], … }
POST /api/v1/door/status
{ "number": "{N1}", "pin": "{PIN1}" }
200
GET /api/v1/matters/{M}/journal
200
! {PIN1}
GET /api/v1/matters/{M}/ties
200
{ items: [ {relation: "part", head: false, matter=>K1, title: "装修漏水", …}, {matter=>K2, title: "打人赔偿", …} ], … }
GET /api/v1/matters/{K1}
200
{ state: "accepted", source: "split", lead_name: "桂城调委会", amount: 100000, claims: [ {text: "修防水", …} ],
  parties: [ {…}, {…}, {…} ], … }
GET /api/v1/matters/{K2}
200
{ state: "accepted", lead_name: "", claims: [ {text: "赔医药费", …} ], parties: [ {name: "周玉珍", …}, {name: "谢秉谦", …} ], … }
GET /api/v1/matters/{K2}/ties
200
{ items: [ {relation: "part", head: true, number: "{N}", …} ], … }

# Nothing of its own is left: it is not assigned, it waits, for its owner to see.
GET /api/v1/matters/{M}
200
{ claims: [], actions: […, {name: "join_parts", …}, …], … }
GET /api/v1/work/items?bucket=parts&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v3"
{ "org": "{O}" }
409
POST /api/v1/matters/{M}/actions/join_parts
If-Match: "v3"
{ "summary": "都已了结" }
409
{ type: "/problems/has-parts", … }

# The parts end, each in its own way; then the whole is summed up, answered and closed.
GET /api/v1/matters/{K2}
200
{ parties: [ {id=>Q, …}, {…} ], version=>V, … }
POST /api/v1/matters/{K2}/actions/withdraw
If-Match: "v{V}"
{ "party": "{Q}" }
200
{ state: "withdrawn", … }
GET /api/v1/matters/{K1}
200
{ parties: [ {id=>Q1, …}, {…}, {…} ], version=>V1, … }
POST /api/v1/matters/{K1}/actions/stop
If-Match: "v{V1}"
{ "party": "{Q1}" }
200
{ state: "concluded", … }
POST /api/v1/matters/{M}/actions/join_parts
If-Match: "v3"
{ "summary": "漏水终止调解，赔偿已撤回" }
200
{ state: "concluded", … }
POST /api/v1/matters/{M}/actions/reply
If-Match: "v4"
{ "text": "两项均已了结", "channel": "phone" }
200
{ state: "replied", … }

# The whole goes on: it waits for its parts again. What is wrong in one is reopened there;
# the other stands as it ended.
POST /api/v1/matters/{M}/actions/reopen
If-Match: "v5"
{ "why": "new_facts", "text": "漏水又起" }
200
{ state: "accepted", version: 6, … }
GET /api/v1/matters/{M}
200
{ state: "accepted", claims: [], round: 2, actions: […, {name: "join_parts", …}, …], … }
GET /api/v1/work/items?bucket=parts&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }
GET /api/v1/matters/{K1}
200
{ state: "concluded", version=>V1, … }
POST /api/v1/matters/{K1}/actions/reopen
If-Match: "v{V1}"
{ "why": "new_facts" }
200
{ state: "accepted", version=>V1, … }
POST /api/v1/matters/{M}/actions/join_parts
If-Match: "v6"
{ "summary": "还没有" }
409
{ type: "/problems/has-parts", … }
POST /api/v1/matters/{K1}/actions/assign
If-Match: "v{V1}"
{ "org": "{O}" }
200
{ version=>V1, … }
as mediator.guicheng
POST /api/v1/matters/{K1}/actions/take
If-Match: "v{V1}"
{ "disclosed": true }
200
{ version=>V1, … }
POST /api/v1/matters/{K1}/actions/conclude
If-Match: "v{V1}"
{ "outcomes": [ { "outcome": "settled", "settled": 80000 } ], "form": "written", "summary": "重做防水" }
200
as dispatcher.guicheng
GET /api/v1/matters/{M}/ties
200
{ items: [ {title: "装修漏水", state: "concluded", round: 2, settled: 80000, …}, {title: "打人赔偿", state: "withdrawn", round: 1, settled: 0, …} ], … }
POST /api/v1/matters/{M}/actions/join_parts
If-Match: "v6"
{ "summary": "漏水已谈妥" }
200
{ state: "concluded", … }

# The program tells it in words.
run timeline {N} --as dispatcher.guicheng --lang en
exit 0
| split  关颖仪 (桂城综治中心)
| Why 两个部门
| sum up the parts
run verify
exit 0
run check
exit 0
