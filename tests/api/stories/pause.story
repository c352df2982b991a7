# Clocks that stand and clocks that get more time: details wanted, an appraisal, both
# sides' wish, and an extension that needs its approval.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "楼上漏水", "story": "天花发霉，双方对原因说法不一",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ filed_at=>NOW, parties: [ {id=>P1, …}, {id=>P2, …} ],
  deadlines: [ {what: "accept", state: "running", colour: "green", …}, {what: "whole", state: "running", extended: 0, …} ], … }

as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200

# While the applicant is waited for, nobody is late.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/ask_details
If-Match: "v1"
{ "text": "请提供漏水部位照片" }
200
GET /api/v1/matters/{M}
200
{ state: "details", deadlines: [ {what: "accept", state: "paused", stops: [ {to: null, …} ], …},
                                 {what: "whole", state: "paused", …}, {what: "details", state: "running", …} ], … }

as 19900000201
GET /api/v1/door/matters/{M}
200
{ deadlines: [ {what: "accept", state: "paused", …}, {what: "whole", …}, {what: "details", …} ], … }
GET /api/v1/door/matters/{M}/pauses
200
{ items: [ {reason: "details", ended_at: null, text: "请提供漏水部位照片", …} ], … }
POST /api/v1/door/matters/{M}/actions/add_details
If-Match: "v2"
{ "text": "照片已上传" }
200

as clerk.guicheng
GET /api/v1/matters/{M}
200
{ state: "filed", paused_at: null, deadlines: [ {what: "accept", state: "running", …}, {what: "whole", state: "running", …}, … ], … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v3"
{}
200

# An appraisal: the owner of the procedure says so, with what the parties are told.
POST /api/v1/matters/{M}/actions/pause
If-Match: "v4"
{ "reason": "hearing", "text": "听证" }
409
{ type: "/problems/no-clock", field: "reason", … }
POST /api/v1/matters/{M}/actions/pause
If-Match: "v4"
{ "reason": "appraisal", "until": "2020-01-01", "text": "鉴定漏水原因" }
422
{ type: "/problems/out-of-range", field: "until", … }
POST /api/v1/matters/{M}/actions/pause
If-Match: "v4"
{ "reason": "appraisal", "until": "{DAY+20}", "text": "鉴定漏水原因" }
200
{ version: 5, … }
POST /api/v1/matters/{M}/actions/pause
If-Match: "v5"
{ "reason": "appraisal", "text": "再停" }
409
{ type: "/problems/has-fact", … }
GET /api/v1/matters/{M}/pauses
200
{ items: [ {reason: "details", …}, {reason: "appraisal", ended_at: null, paused_by_name: "区敏华", …} ], … }

as 19900000201
GET /api/v1/door/matters/{M}/messages
200
{ items: […, {kind: "notice", body: "鉴定漏水原因", …} ], … }

as clerk.guicheng
POST /api/v1/matters/{M}/actions/resume
If-Match: "v5"
{ "text": "鉴定已完成" }
200
{ version: 6, … }

# Both sides ask to wait: each of them has to have said so.
POST /api/v1/matters/{M}/actions/pause
If-Match: "v6"
{ "reason": "parties", "text": "双方希望先自行协商", "consents": [ { "party": "{P1}", "at": "{NOW}" } ] }
422
{ type: "/problems/no-consent", field: "consents", … }
POST /api/v1/matters/{M}/actions/pause
If-Match: "v6"
{ "reason": "parties", "text": "双方希望先自行协商",
  "consents": [ { "party": "{P1}", "at": "{NOW}" }, { "party": "{P2}", "at": "2031-01-01T08:00:00+08:00" } ] }
422
{ type: "/problems/out-of-range", field: "consents[1].at", … }
POST /api/v1/matters/{M}/actions/pause
If-Match: "v6"
{ "reason": "parties", "text": "双方希望先自行协商",
  "consents": [ { "party": "{P1}", "at": "{NOW}" }, { "party": "{P2}", "at": "{NOW}", "channel": "counter" } ] }
200
GET /api/v1/matters/{M}/consents
200
{ items: [ {purpose: "pause", party_name: "周玉珍", channel: "phone", …}, {party_name: "谢秉谦", channel: "counter", …} ], … }
POST /api/v1/matters/{M}/actions/extend
If-Match: "v7"
{ "what": "whole", "amount": 10, "text": "延长" }
409
{ type: "/problems/has-fact", … }
POST /api/v1/matters/{M}/actions/resume
If-Match: "v7"
{ "text": "双方请求继续调解" }
200
POST /api/v1/matters/{M}/actions/extend
If-Match: "v8"
{ "what": "whole", "amount": 10, "text": "双方同意再谈十日",
  "consents": [ { "party": "{P1}", "at": "{NOW}" }, { "party": "{P2}", "at": "{NOW}" } ] }
200
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "whole", extended: 10, unit: "calendar_day", …}, … ], … }
# A task to telephone comes in between whenever the background gets to it.
GET /api/v1/matters/{M}/journal
200
{ items: […, {action: "pause", …}, …, {action: "resume", …}, …, {action: "pause", …}, …, {action: "resume", …}, …, {action: "extend", …}, … ], … }

# A petition's limit is extended by approval only.
POST /api/v1/matters
{ "kind": "request", "type": "0101", "source": "petition", "title": "反映征地补偿",
  "parties": [ { "role": "applicant", "kind": "person", "name": "梁永昌" } ] }
201
{ id=>R, … }
POST /api/v1/matters/{R}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{R}/actions/extend
If-Match: "v2"
{ "what": "whole", "amount": 10, "text": "情况复杂" }
409
{ type: "/problems/needs-fact", … }

# The program tells it in words.
run timeline {N} --as clerk.guicheng
exit 0
| 中止理由 鉴定、检测、评估，告知当事人的内容 鉴定漏水原因
| 各方同意：当事人 谢秉谦，同意时间
| 时限 全程，延长 10
| 延长 10 日  （纠纷全程）

# What stood for the whole has stood for its parts: they end when it does.
as dispatcher.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "漏水又打人", "parties": [
    { "role": "applicant", "name": "周玉珍" }, { "role": "respondent", "name": "谢秉谦" } ],
  "claims": [ { "text": "修防水" }, { "text": "赔医药费" } ] }
201
{ id=>W, … }
POST /api/v1/matters/{W}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{W}/actions/pause
If-Match: "v2"
{ "reason": "appraisal", "text": "等待房屋鉴定" }
200
days 12
POST /api/v1/matters/{W}/actions/resume
If-Match: "v3"
{ "text": "鉴定已出" }
200
GET /api/v1/matters/{W}
200
{ due_at=>DUE, claims: [ {id=>W1, …}, {id=>W2, …} ], … }
POST /api/v1/matters/{W}/actions/split
If-Match: "v4"
{ "reason": "两件事", "parts": [ { "title": "漏水", "claims": [ { "claim": "{W1}" } ] }, { "title": "打人", "claims": [ { "claim": "{W2}" } ] } ] }
200
{ parts: [ {matter=>P1, …}, {matter=>P2, …} ], … }
GET /api/v1/matters/{P1}
200
{ due_at: "{DUE}", … }
GET /api/v1/matters/{P2}/pauses
200
{ items: [ {reason: "appraisal", text: "等待房屋鉴定", …} ], … }
