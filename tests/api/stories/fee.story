# Two neighbours fall out over a fee agreed by word of mouth; a named studio talks to each of
# them by itself, they agree, both say so, and both are visited. From the first day to the last.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "看房改图的酬劳", "source": "counter",
  "story": "口头请对方修改图纸并看管房屋，结算时对费用说法不一，拖了很久",
  "parties": [ { "role": "applicant", "kind": "person", "name": "吴某", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "田某", "phone": "19900000203" } ],
  "claims": [ { "text": "按口头约定结算酬劳", "amount": 900000 } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], claims: [ {id=>C, …} ], … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200

as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/orgs?q=关映荷
200
{ items: [ {id=>STUDIO, …}, … ], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{STUDIO}", "reason": "双方愿意请个人调解工作室介入" }
200
days 1
as mediator.studio.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200

# Back to back: what each side says stays under seal, from the other and from the file.
POST /api/v1/matters/{M}/compartments
{ "kind": "separate", "side": "{A}" }
200
{ id=>K1, … }
POST /api/v1/compartments/{K1}/entries
{ "text": "最多出五千，希望不伤和气" }
200
days 2
POST /api/v1/matters/{M}/compartments
{ "kind": "separate", "side": "{B}" }
200
{ id=>K2, … }
POST /api/v1/compartments/{K2}/entries
{ "text": "五千可以接受，但要先付一半" }
200
POST /api/v1/matters/{M}/actions/record_attempt
If-Match: "v4"
{ "party": "{B}", "channel": "counter", "reached": true, "note": "面谈，愿意再谈" }
200
days 3
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v5"
{ "outcomes": [ { "claim": "{C}", "outcome": "settled", "settled": 500000 } ], "form": "written",
  "summary": "双方换位思考，达成调解协议，握手言和",
  "instalments": [ { "due_on": "{DAY+10}", "amount": 250000 }, { "due_on": "{DAY+40}", "amount": 250000 } ] }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v6"
{ "text": "双方已达成调解协议，按两期付清" }
200
as 19900000201
POST /api/v1/door/matters/{M}/actions/answer
If-Match: "v7"
{ "answer": "yes", "text": "同意，谢谢调解员" }
200
days 1
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v8"
{ "answers": [ { "party": "{B}", "answer": "yes", "channel": "phone" } ] }
200
{ state: "closed", … }
GET /api/v1/matters/{M}
200
{ reported: false, denied: false, parties: [ {answer: "yes", …}, {answer: "yes", …} ], … }

# After the first instalment fell due: both are visited, and it was paid.
days 12
POST /api/v1/matters/{M}/actions/visit
If-Match: "v9"
{ "parties": [ { "party": "{A}", "reached": true, "satisfaction": "satisfied", "note": "邻里关系恢复了" },
               { "party": "{B}", "reached": true, "satisfaction": "basically" } ],
  "performance": "part", "note": "第一期已付" }
200
GET /api/v1/matters/{M}/visits
200
{ items: [ {reached: true, performance: "part", parties: [ {satisfaction: "satisfied", …}, {satisfaction: "basically", …} ], …} ], … }
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "visit", state: "met", …}, …, {what: "visit", state: "running", …}, …], … }

# Who sees the seal sees that they talked, nobody what was said; the centre sees neither.
run timeline {N} --as mediator.studio.guicheng
exit 0
| 看房改图的酬劳
| 请求：按口头约定结算酬劳，金额 9000.00 元
| 主办单位 关映荷调解工作室，派单理由 双方愿意请个人调解工作室介入
| 建立密封区  关映荷（关映荷工作室）
| 密封区记录  关映荷（关映荷工作室）
| 结果：请求 按口头约定结算酬劳，达成协议，协议金额 5000.00 元
| 履行安排：履行日期
| 本人意见 认可，本人说明 同意，谢谢调解员
| 各方意见：当事人 田某，方式 电话，本人意见 认可
| 回访对象：当事人 吴某，已联系上 是，满意程度 满意，说明 邻里关系恢复了
| 履行情况 部分履行，说明 第一期已付，下次回访日期
! 最多出五千
! 要先付一半
run timeline {N} --as clerk.guicheng
exit 0
! 密封区
! 最多出五千
run verify
exit 0
run check
exit 0
