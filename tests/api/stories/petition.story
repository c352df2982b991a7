# A petition: its own clock of sixty days, one extension that the head must allow, its reply
# that the head must sign, and every step told to who brought it.

as dispatcher.guicheng
GET /api/v1/orgs?q=佛山市南海区劳动保障监察大队
200
{ items: […, {id=>LABOUR, …}, …], … }
POST /api/v1/matters
{ "kind": "request", "type": "01", "source": "petition", "title": "反映征地补偿分配", "story": "来访反映补偿款分配不公，要求公开账目",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201", "channel": "letter" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{ "note": "属于受理范围" }
200
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{LABOUR}", "reason": "牵头核查" }
200
days 1
as handler.labour.nanhai
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200

# Fifty days on it is yellow; more time is asked for, and is not simply taken.
days 50
POST /api/v1/matters/{M}/actions/extend
If-Match: "v4"
{ "what": "handle", "amount": 30, "text": "账目年久，须逐户核对" }
409
{ type: "/problems/needs-fact", … }
GET /api/v1/matters/{M}
200
{ deadlines: [ …, {what: "handle", state: "running", colour: "yellow", extended: 0, …}, … ], … }
POST /api/v1/matters/{M}/actions/ask_approval
If-Match: "v4"
{ "action": "extend", "text": "账目年久，须逐户核对，请延长三十日" }
200
POST /api/v1/matters/{M}/actions/extend
If-Match: "v5"
{ "what": "handle", "amount": 30, "text": "账目年久，须逐户核对" }
409
as head.labour.nanhai
POST /api/v1/matters/{M}/actions/decide_approval
If-Match: "v5"
{ "approved": true, "note": "同意，抓紧核对" }
200
as handler.labour.nanhai
POST /api/v1/matters/{M}/actions/extend
If-Match: "v6"
{ "what": "handle", "amount": 31, "text": "账目年久，须逐户核对" }
422
{ type: "/problems/out-of-range", field: "amount", … }
POST /api/v1/matters/{M}/actions/extend
If-Match: "v6"
{ "what": "handle", "amount": 30, "text": "账目年久，须逐户核对" }
200
as 19900000201
GET /api/v1/door/matters/{M}/messages
200
{ items: […, {body: "账目年久，须逐户核对", …} ], … }

# The reply goes out as it was signed.
days 20
as handler.labour.nanhai
GET /api/v1/matters/{M}
200
{ deadlines: [ …, {what: "handle", state: "running", extended: 30, …}, … ], … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v7"
{ "outcomes": [ { "outcome": "resolved" } ], "summary": "账目已公开，差额已补发" }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v8"
{ "text": "账目已公开，差额已补发" }
409
{ type: "/problems/has-fact", … }
POST /api/v1/matters/{M}/actions/ask_approval
If-Match: "v8"
{ "text": "账目已公开，差额已补发；不服可在三十日内申请复查" }
200
as head.labour.nanhai
POST /api/v1/matters/{M}/actions/decide_approval
If-Match: "v9"
{ "approved": true }
200
as handler.labour.nanhai
POST /api/v1/matters/{M}/actions/reply
If-Match: "v10"
{ "channel": "letter" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v11"
{}
422
{ type: "/problems/no-answer", … }
as 19900000201
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v11"
{ "answer": "yes" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v12"
{}
200
{ state: "closed", … }

GET /api/v1/matters/{M}
200
{ deadlines: [ …, {what: "whole", state: "met", extended: 30, unit: "calendar_day", …}, … ], … }

run timeline {N} --as dispatcher.guicheng
exit 0
| 诉求
| 来源 信访移送
| 备注 属于受理范围
| 报批  孔令堃（
| 报批事项 延期
| 审批  姚慕青（
| 决定 同意，审批意见 同意，抓紧核对
| 延期  孔令堃（
| 时限 办理，延长 30，告知申请人的理由 账目年久，须逐户核对
| 答复内容 账目已公开，差额已补发；不服可在三十日内申请复查，答复方式 书面
| 一并延长 全程
| 延长 30 日  （信访办理）
run verify
exit 0
run check
exit 0
