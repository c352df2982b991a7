# A party's own no at the door stays a no: a call that others write down does not make it a yes,
# neither at the closing nor at the visit. Agreed money takes an agreement.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "装修震裂墙", "source": "counter",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ],
  "claims": [ { "text": "赔偿", "amount": 260000 } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200
as mediator.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200

POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "outcome": "failed", "settled": 150000 } ], "routes": "court", "summary": "未谈成" }
422
{ type: "/problems/out-of-range", field: "outcomes[0].settled", … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "outcome": "failed" } ], "routes": "court", "summary": "未谈成", "instalments": [ { "due_on": "{DAY+9}", "amount": 1 } ] }
422
{ field: "instalments", … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "outcome": "settled", "settled": 150000 } ], "form": "oral", "summary": "口头谈成" }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v5"
{ "text": "已谈成" }
200
as 19900000201
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v6"
{ "answer": "no", "text": "我没有同意这个数" }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v7"
{ "answers": [ { "party": "{A}", "answer": "yes", "channel": "phone" }, { "party": "{B}", "answer": "yes" } ] }
200
GET /api/v1/matters/{M}
200
{ state: "closed", reported: true, denied: true, parties: [ {answer: "no", …}, {answer: "yes", …} ], … }
POST /api/v1/matters/{M}/actions/visit
If-Match: "v8"
{ "parties": [ { "party": "{A}", "reached": true, "answer": "yes" } ] }
200
GET /api/v1/matters/{M}
200
{ denied: true, parties: [ {answer: "no", …}, … ], … }
# The party finds what was written down of it.
as 19900000201
GET /api/v1/door/matters/{M}/attempts
200
{ items: [ {answer: "no", own: true, …}, {answer: "yes", own: false, channel: "phone", …}, {answer: "yes", own: false, …} ], … }
# Face to face or in writing it may say otherwise, though it has no telephone to do so.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/visit
If-Match: "v9"
{ "channel": "counter", "confirmed": true, "parties": [ { "party": "{A}", "reached": true, "answer": "yes", "note": "已当面收到款项" } ] }
200
GET /api/v1/matters/{M}
200
{ reported: false, denied: false, parties: [ {answer: "yes", …}, … ], … }
run timeline {N} --as clerk.guicheng
exit 0
| 协议已经司法确认 是
run verify
exit 0
run check
exit 0
