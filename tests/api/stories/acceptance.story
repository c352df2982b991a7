# Details wanted, declined, reviewed by the body above, accepted after all.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "围墙越界", "story": "新砌的围墙压了我家的界",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }

as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200

# What is missing is told in words; nothing goes on without them.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/ask_details
If-Match: "v1"
{ "text": "" }
422
{ field: "text", … }
POST /api/v1/matters/{M}/actions/ask_details
If-Match: "v1"
{ "text": "请提供宅基地使用证复印件" }
200
{ state: "details", version: 2, … }
GET /api/v1/work/items?bucket=details
200
POST /api/v1/matters/{M}/actions/accept
If-Match: "v2"
{}
409
{ type: "/problems/wrong-state", … }

as 19900000201
GET /api/v1/door/matters/{M}
200
{ state: "details", actions: [ {name: "add_details", …}, {name: "withdraw", …}, {name: "stop", …} ], … }
GET /api/v1/door/matters/{M}/messages
200
{ items: [ {kind: "notice", body: "请提供宅基地使用证复印件", …} ], … }
POST /api/v1/door/matters/{M}/actions/add_details
If-Match: "v2"
{ "text": "证在家中，已拍照上传" }
200
{ state: "filed", version: 3, … }

# A refusal has a reason of the list, fitting the kind, and names the other ways.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/decline
If-Match: "v3"
{ "reason": "nonsense", "text": "不属受理范围" }
422
{ type: "/problems/no-such-reference", field: "reason", … }
POST /api/v1/matters/{M}/actions/decline
If-Match: "v3"
{ "reason": "litigation_open", "routes": "court moon", "text": "法院正在审理" }
422
{ field: "routes", … }
POST /api/v1/matters/{M}/actions/decline
If-Match: "v3"
{ "reason": "litigation_open", "text": "法院正在审理此案" }
200
{ state: "declined", version: 4, … }
# Never overturned by clicking again.
POST /api/v1/matters/{M}/actions/accept
If-Match: "v4"
{}
409

as head.nanhai
GET /api/v1/matters/{M}
404

# The party asks the body above, which sees it from now on; and the party sees that.
as 19900000201
GET /api/v1/door/matters/{M}/refusals
200
{ items: [ {reason: "litigation_open", routes: "court procuratorate", text: "法院正在审理此案", …} ], … }
POST /api/v1/door/matters/{M}/actions/ask_review
If-Match: "v4"
{ "grounds": "没有任何诉讼，与他人同名" }
200
{ state: "declined", version: 5, … }
POST /api/v1/door/matters/{M}/actions/ask_review
If-Match: "v5"
{}
409
{ type: "/problems/needs-fact", … }

as head.guicheng
POST /api/v1/matters/{M}/actions/review
If-Match: "v5"
{ "upheld": true, "text": "维持" }
403

as dispatcher.nanhai
POST /api/v1/matters/{M}/actions/review
If-Match: "v5"
{ "upheld": true, "text": "维持" }
403

as head.nanhai
GET /api/v1/work/items?bucket=to_review
200
GET /api/v1/matters/{M}
200
{ state: "declined", grade: 3, actions: [ {name: "review", …}, {name: "supervise", …} ], … }
POST /api/v1/matters/{M}/actions/review
If-Match: "v5"
{ "upheld": false, "text": "经查并无诉讼，应予受理" }
200
{ state: "accepted", version: 6, … }

as dispatcher.guicheng
GET /api/v1/matters/{M}
200
{ state: "accepted", actions: [ {name: "assign", …}, {name: "pause", …}, {name: "extend", …}, {name: "ask_approval", …}, {name: "withdraw", …}, … ], … }
GET /api/v1/matters/{M}/journal
200
{ items: [ {action: "file", …}, …, {action: "link", …}, …, {action: "ask_details", …}, …, {action: "add_details", …}, …,
           {action: "decline", …}, …, {action: "ask_review", …}, …, {action: "review", …}, … ], … }

# Who no message reaches is told by a person: the task comes by itself, a little later.
wait 20
GET /api/v1/matters/{M}/journal
200
{ items: […, {action: "task.add", …}, …], … }

# The program tells it in words.
run timeline {N} --as dispatcher.guicheng
exit 0
| 纠纷 · 邻里
| 要求补正
| 需补正的内容 请提供宅基地使用证复印件
| 不予受理理由 涉诉事项尚未终结，其他途径 向人民法院起诉
| 申请复核的理由 没有任何诉讼，与他人同名
| 决定 撤销原决定，复核意见 经查并无诉讼，应予受理
| 布置任务  （系统）
| 复核  岑立坤
| 按时
! 谢秉谦的地址
run timeline {N} --as dispatcher.dali
exit 1
