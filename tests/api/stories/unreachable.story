# The other side is tried on several days and in several ways, and never answers: the
# outcome says so, the other ways are told, and it counts as settled nowhere.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "阳台滴水", "story": "楼上空调滴水半年，多次敲门无人应",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201", "channel": "letter" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001" } ],
  "claims": [ { "text": "接好排水管" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], claims: [ {id=>C, …} ], … }
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

# Not on the first call: the rule wants three tries, by two ways, on two days.
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v4"
{ "party": "{B}", "note": "无人接听" }
200
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v5"
{ "outcomes": [ { "claim": "{C}", "outcome": "unreachable" } ], "routes": "court", "summary": "联系不上对方" }
422
{ type: "/problems/need-attempts", field: "outcomes", … }
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v5"
{ "party": "{B}", "channel": "sms", "note": "短信未回" }
200
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v6"
{ "party": "{B}", "channel": "phone", "at": "2999-01-01T08:00:00+08:00" }
422
{ type: "/problems/out-of-range", field: "at", … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v6"
{ "outcomes": [ { "claim": "{C}", "outcome": "unreachable" } ], "routes": "court", "summary": "联系不上对方" }
422
{ type: "/problems/need-attempts", … }

days 2
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v6"
{ "party": "{B}", "channel": "letter", "note": "上门张贴并邮寄，三日无回音" }
200
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v7"
{ "outcomes": [ { "claim": "{C}", "outcome": "unreachable" } ], "summary": "联系不上对方" }
422
{ type: "/problems/need-routes", … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v7"
{ "outcomes": [ { "claim": "{C}", "outcome": "unreachable" } ], "routes": "court legal_aid", "summary": "三次联系不上对方，已告知诉讼途径" }
200
{ state: "concluded", version: 8, … }
POST /api/v1/matters/{M}/actions/reply
If-Match: "v8"
{ "text": "对方联系不上，可向法院起诉" }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v9"
{}
200
{ state: "closed", … }
GET /api/v1/matters/{M}
200
{ state: "closed", claims: [ {outcome: "unreachable", …} ], parties: [ {name: "周玉珍", …}, {name: "谢秉谦", …} ], … }
GET /api/v1/matters/{M}/attempts
200
{ items: [ {channel: "phone", reached: false, note: "无人接听", …}, {channel: "sms", reached: false, …}, {channel: "letter", reached: false, …} ], … }

run timeline {N} --as dispatcher.guicheng
exit 0
| 联系记录  陈伯均（桂城调委会）
| 当事人 谢秉谦，方式 电话，已联系上 否，说明 无人接听
| 方式 书面
| 结果：请求 接好排水管，对方无法联系
| 已告知的其他途径 向人民法院起诉、申请法律援助
run verify
exit 0
run check
exit 0
