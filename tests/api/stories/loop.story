# A dispute from the counter to its close: file, accept, assign, take, conclude,
# reply, close. Each is done by who may do it, and by nobody else.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "楼上漏水", "story": "厕所天花滴水两个月",
  "parties": [
    { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
    { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001" } ],
  "claims": [ { "text": "修好防水并赔偿", "amount": 260000 } ] }
201
Location: /api/v1/matters/…
ETag: "v1"
Cache-Control: no-store
{ id=>M, number=>N, pin=>PIN, state: "filed", version: 1, again: false, owner_name: …, filed_at: …,
  due_at: … }

GET /api/v1/matters/{M}
200
ETag: =>TAG
{ id: "{M}", number: "{N}", kind: "dispute", state: "filed", title: "楼上漏水", amount: 260000, grade: 3,
  parties: [ {id=>A, name: "周玉珍", role: "applicant", phone: "199****0201", …},
             {id=>B, name: "谢秉谦", role: "respondent", phone: "199****3001", …} ],
  claims: [ {text: "修好防水并赔偿", amount: 260000, …} ],
  actions: [ {name: "accept", …}, {name: "ask_details", …}, {name: "decline", …}, {name: "withdraw", …}, … ], … }

# A change needs the version it is based on, and the right one.
POST /api/v1/matters/{M}/actions/accept
{}
428

POST /api/v1/matters/{M}/actions/accept
If-Match: "v7"
{}
412

# The flow: what is only filed is not assigned, taken or closed.
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v1"
{}
409
{ type: "/problems/wrong-state", … }

# Another town's dispatcher does not even learn that it exists.
as dispatcher.dali
GET /api/v1/matters/{M}
404
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
404

as clerk.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{ "note": "材料齐全" }
200
ETag: "v2…"
{ id: "{M}", number: "{N}", state: "accepted", version: 2 }

# A clerk does not assign.
GET /api/v1/matters/{M}/hint
403
as dispatcher.guicheng
GET /api/v1/matters/{M}/hint
200
statements <= 12
{ items: […, {org=>O, name: "桂城街道人民调解委员会", reasons: […], …}, …], next: null }

POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "1", "reason": "没有这个单位" }
422
{ field: "org", … }

POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}", "reason": "就近调解" }
200
{ state: "accepted", version: 3, … }

# Once offered it cannot be offered again; a member of another body cannot take it.
POST /api/v1/matters/{M}/actions/assign
If-Match: "v3"
{ "org": "{O}" }
409
as handler.police.guicheng
GET /api/v1/matters/{M}
404

as mediator.guicheng
GET /api/v1/work
200
statements <= 5
{ items: […, {bucket: "to_take", …}, …], … }

POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": false }
422
{ field: "disclosed", … }

POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true, "interests": "与申请人同住一个小区，已告知双方" }
200
{ state: "in_hand", version: 4, … }

# A colleague of the lead body sees it, the named handler concludes it.
as mediator2.guicheng
GET /api/v1/matters/{M}
200
{ state: "in_hand", handler_name: "陈伯均", title: "楼上漏水",
  actions: [ {name: "report_danger", …} ], … }

POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "outcome": "settled" } ], "summary": "已达成协议" }
403

as mediator.guicheng
GET /api/v1/matters/{M}
200
{ claims: [ {id=>C, …} ], … }

POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "claim": "{C}", "outcome": "no_such_outcome" } ], "summary": "x" }
422

POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "claim": "{C}", "outcome": "settled", "settled": 200000 } ], "summary": "已达成协议，分两次付清" }
200
{ state: "concluded", version: 5, … }

POST /api/v1/matters/{M}/actions/reply
If-Match: "v5"
{ "text": "双方已达成协议", "channel": "phone" }
200
{ state: "replied", version: 6, … }

# It closes with each side's own answer, not without.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v6"
{}
422
{ type: "/problems/no-answer", field: "answers", … }

POST /api/v1/matters/{M}/actions/close
If-Match: "v6"
{ "answers": [ { "party": "{A}", "answer": "yes" } ] }
422

POST /api/v1/matters/{M}/actions/close
If-Match: "v6"
{ "answers": [ { "party": "{A}", "answer": "yes" }, { "party": "{B}", "answer": "yes" } ] }
200
{ state: "closed", version: 7, … }

GET /api/v1/matters/{M}
200
statements <= 15
{ state: "closed", actions: […, {name: "correct", …}, …], … }

# What was done is one chain, and who looked is told.
GET /api/v1/matters/{M}/journal
200
{ items: [ {seq: 1, action: "file", …}, {action: "accept", …}, {action: "assign", …},
           {action: "take", payload: {interests: "与申请人同住一个小区，已告知双方", …}, …},
           {action: "conclude", …}, {action: "reply", …}, {action: "close", …} ], next: … }

GET /api/v1/matters/{M}/access
200
{ items: […, {…}, …], … }

# Where it stands, without an account: number and pin, and nothing else of it.
as guest
POST /api/v1/door/status
{ "number": "{N}", "pin": "{PIN}" }
200
{ number: "{N}", state: "closed", !story, !title, !place, !amount, … }
POST /api/v1/door/status
{ "number": "{N}", "pin": "000000" }
422
{ type: "/problems/bad-pin", … }

run verify
exit 0
