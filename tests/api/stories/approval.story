# A petition's reply is approved before it is sent; danger is reported at once.

as dispatcher.guicheng
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>COMMITTEE, name: "桂城街道人民调解委员会", …}, …], … }
GET /api/v1/orgs?q=佛山市南海区劳动保障监察大队
200
{ items: […, {id=>LABOUR, …}, …], … }
POST /api/v1/matters
{ "kind": "request", "type": "01", "title": "拖欠工资的来访", "source": "petition", "danger": true }
201
{ id=>M, number=>N, … }
GET /api/v1/work/items?bucket=to_report&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }
POST /api/v1/matters/{M}/actions/report_danger
If-Match: "v1"
{ "told": "110 指挥中心", "text": "来访人扬言堵门，已请民警到场", "at": "2999-01-01T00:00:00+08:00" }
422
{ type: "/problems/in-future", field: "at", … }
POST /api/v1/matters/{M}/actions/report_danger
If-Match: "v1"
{ "told": "110 指挥中心", "text": "来访人扬言堵门，已请民警到场" }
200
POST /api/v1/matters/{M}/actions/note_leader
If-Match: "v2"
{ "leader": "街道党工委书记", "text": "请依法尽快答复" }
200
POST /api/v1/matters/{M}/actions/report_up
If-Match: "v3"
{ "text": "涉及多名工人", "content": true, "days": 10 }
200
POST /api/v1/matters/{M}/actions/accept
If-Match: "v4"
{}
200
POST /api/v1/matters/{M}/actions/assign
If-Match: "v5"
{ "org": "{LABOUR}" }
200

# The body above reads it while the grant lasts.
as head.nanhai
GET /api/v1/matters/{M}
200
{ grade: 3, … }

as handler.labour.nanhai
POST /api/v1/matters/{M}/actions/take
If-Match: "v6"
{ "disclosed": true }
200
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v7"
{ "outcomes": [ { "outcome": "resolved" } ], "summary": "工资已发放" }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v8"
{ "text": "工资已全部发放" }
409
{ type: "/problems/has-fact", … }
POST /api/v1/matters/{M}/actions/ask_approval
If-Match: "v8"
{ "text": "工资已全部发放，共12人" }
200

as head.labour.nanhai
GET /api/v1/work/items?bucket=to_approve
200
{ items: [ {matter: "{M}", …} ], … }
POST /api/v1/matters/{M}/actions/decide_approval
If-Match: "v9"
{ "approved": false }
422
{ type: "/problems/need-reason", field: "note", … }
POST /api/v1/matters/{M}/actions/decide_approval
If-Match: "v9"
{ "approved": false, "note": "写明金额" }
200

as handler.labour.nanhai
POST /api/v1/matters/{M}/actions/ask_approval
If-Match: "v10"
{ "text": "工资已全部发放，共12人，合计八万六千元" }
200
POST /api/v1/matters/{M}/actions/decide_approval
If-Match: "v11"
{ "approved": true }
403

as head.labour.nanhai
POST /api/v1/matters/{M}/actions/decide_approval
If-Match: "v11"
{ "approved": true }
200

as handler.labour.nanhai
POST /api/v1/matters/{M}/actions/reply
If-Match: "v12"
{ "text": "与审批的不一样" }
409
{ type: "/problems/not-as-approved", field: "text", … }
POST /api/v1/matters/{M}/actions/reply
If-Match: "v12"
{ "channel": "letter" }
200
{ state: "replied", … }
GET /api/v1/matters/{M}/messages
200
{ items: [ {kind: "reply", body: "工资已全部发放，共12人，合计八万六千元", channel: "letter", …} ], … }
GET /api/v1/matters/{M}/approvals
200
{ items: [ {action: "reply", state: "sent_back", note: "写明金额", …}, {action: "reply", state: "used", …} ], … }

# A committee has no head: the town's approves, which reads the matter for that, and no
# longer than until it has decided. The page tells until when.
as dispatcher.nanhai
GET /api/v1/orgs?q=桂城街道桂一社区人民调解委员会
200
{ items: [ {id=>GUIYI, …}, … ], … }
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "跨村漏水", "parties": [ { "role": "applicant", "name": "甲" }, { "role": "respondent", "name": "乙" } ] }
201
{ id=>L, … }
POST /api/v1/matters/{L}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{L}/actions/assign
If-Match: "v2"
{ "org": "{GUIYI}" }
200
as head.guicheng
GET /api/v1/matters/{L}
404
as mediator.guiyi
POST /api/v1/matters/{L}/actions/take
If-Match: "v3"
{ "disclosed": true }
200
POST /api/v1/matters/{L}/actions/ask_approval
If-Match: "v4"
{ "text": "拟答复：已修好" }
200
GET /api/v1/matters/{L}/sights
200
{ items: […, {name: "桂城街道社会治安综合治理中心", why: "reported", content: true, until: null, …}, …], … }
days 40
as head.guicheng
GET /api/v1/matters/{L}
200
{ title: "跨村漏水", … }
POST /api/v1/matters/{L}/actions/decide_approval
If-Match: "v5"
{ "approved": true }
200
GET /api/v1/matters/{L}
404
as mediator.guiyi
GET /api/v1/matters/{L}/sights
200
{ items: […, {name: "桂城街道社会治安综合治理中心", until: "2…", …}, …], … }

run timeline {N} --as dispatcher.guicheng
exit 0
| 报警处置
| 登记领导批示
| 报批
| 审批
| 强制报告
| 报告对象 110 指挥中心，情况和处置 来访人扬言堵门，已请民警到场
| 允许上一级查看内容 是，截止 20
| 决定 退回修改，审批意见 写明金额
| 决定 同意
! 协议形式
