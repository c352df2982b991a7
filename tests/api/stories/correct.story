# Correcting: what stood before stays in the journal, with the reason; the search, the
# blind index and the clocks follow.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "楼上露水", "place": "一号楼", "parties": [
    { "role": "applicant", "name": "周玉真", "phone": "19900000299" },
    { "role": "respondent", "name": "谢秉谦" } ],
  "claims": [ { "text": "修好" }, { "text": "赔偿", "amount": 260000 } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ amount: 260000, parties: [ {id=>P, …}, … ], claims: [ {…}, {id=>C, …} ], … }

POST /api/v1/matters/{M}/actions/correct
If-Match: "v1"
{ "title": "楼上漏水" }
422
{ type: "/problems/required", field: "reason", … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v1"
{ "reason": "笔误" }
422
{ field: "title", … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v1"
{ "type": "nonsense", "reason": "笔误" }
422
{ field: "type", … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v1"
{ "parties": [ { "id": "1", "name": "某" } ], "reason": "笔误" }
422
{ field: "parties[0].id", … }

POST /api/v1/matters/{M}/actions/correct
If-Match: "v1"
{ "title": "楼上漏水", "type": "10", "reason": "登记时听错",
  "claims": [ { "id": "{C}", "amount": 280000 } ],
  "parties": [ { "id": "{P}", "name": "周玉珍", "phone": "19900000201" } ] }
200
{ state: "filed", version: 2, … }
GET /api/v1/matters/{M}
200
{ title: "楼上漏水", type: "10", amount: 280000, place: "一号楼",
  parties: [ {name: "周玉珍", phone: "199****0201", …}, {name: "谢秉谦", …} ], … }
GET /api/v1/matters?q=楼上漏水
200
{ items: […, {id: "{M}", …}, …], … }
GET /api/v1/matters/{M}/journal
200
! 19900000299
{ items: [ {action: "file", …}, {action: "correct", payload: {title: {before: "楼上露水", after: "楼上漏水"}, …}, …} ], … }

# The number that is right now links; the one that was wrong does not.
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
GET /api/v1/door/matters/{M}
200
{ actions: […, {name: "withdraw", …}, …], … }

# null empties what may be empty, in the matter, a claim and a party; what must be there
# stays, and so does what is not sent. What is kept for the program is nobody's to send.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/correct
If-Match: "v2"
{ "nulls": ["place"], "reason": "并无地点" }
422
{ field: "nulls", … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v2"
{ "place": null, "people": null, "title": null, "reason": "并无地点",
  "claims": [ { "id": "{C}", "amount": null } ],
  "parties": [ { "id": "{P}", "phone": null, "name": null } ] }
200
{ version: 3, … }
GET /api/v1/matters/{M}
200
{ title: "楼上漏水", type: "10", place: "", amount: 0, claims: [ …, {text: "赔偿", amount: 0, …} ],
  parties: [ {name: "周玉珍", phone: "", …}, … ], … }
GET /api/v1/matters/{M}/journal
200
! 19900000201
{ items: [ …, {action: "correct", payload: {place: {before: "一号楼", after: ""}, …}, …} ], … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v3"
{ "place": null, "reason": "再来一次" }
422
{ field: "title", … }

# The wrong side was ticked, and how to be answered: both can be put right, while nothing
# came of it. A dispute keeps somebody who asks; an account that acts for two parties of a
# side keeps it.
GET /api/v1/matters/{M}
200
{ parties: [ {…}, {id=>Q, role: "respondent", channel: "phone", …} ], … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v3"
{ "parties": [ { "id": "{P}", "role": "third" } ], "reason": "登记时选错" }
422
{ type: "/problems/too-few", field: "parties", … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v3"
{ "parties": [ { "id": "{P}", "role": "both" } ], "reason": "登记时选错" }
422
{ field: "parties[0].role", … }
POST /api/v1/matters/{M}/actions/correct
If-Match: "v3"
{ "parties": [ { "id": "{P}", "role": "respondent" }, { "id": "{Q}", "role": "applicant", "channel": "letter" } ], "reason": "登记时选错" }
200
{ version: 4, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id: "{P}", role: "respondent", channel: "phone", …}, {id: "{Q}", role: "applicant", channel: "letter", …} ], … }
POST /api/v1/matters
{ "kind": "dispute", "type": "1", "title": "一人代两人", "parties": [
    { "role": "applicant", "name": "周玉珍", "phone": "19900000201" },
    { "role": "applicant", "name": "周玉良", "phone": "19900000201" },
    { "role": "respondent", "name": "谢秉谦" } ] }
201
{ id=>T, number=>NT, pin=>PINT, … }
as 19900000201
POST /api/v1/door/links
{ "number": "{NT}", "pin": "{PINT}" }
200
as clerk.guicheng
GET /api/v1/matters/{T}
200
{ version=>VT, parties: [ {id=>T1, …}, {id=>T2, …}, {id=>T3, …} ], … }
POST /api/v1/matters/{T}/actions/correct
If-Match: "v{VT}"
{ "parties": [ { "id": "{T2}", "role": "respondent" } ], "reason": "登记时选错" }
409
{ type: "/problems/has-fact", field: "parties", … }
POST /api/v1/matters/{T}/actions/correct
If-Match: "v{VT}"
{ "parties": [ { "id": "{T1}", "role": "respondent" }, { "id": "{T2}", "role": "respondent" }, { "id": "{T3}", "role": "applicant" } ], "reason": "登记时选反" }
200

# Only who has the procedure, or has it in hand.
as dispatcher.dali
POST /api/v1/matters/{M}/actions/correct
If-Match: "v4"
{ "title": "别人改的", "reason": "没有权限" }
404

# The program tells it in words.
run timeline {N} --as clerk.guicheng
exit 0
| 更正  区敏华（桂城综治中心）
| 类型 邻里 → 拖欠农民工工资
| 标题 楼上露水 → 楼上漏水
| 请求 2：金额 2600.00 元 → 2800.00 元
| 当事人 1：姓名或名称 周玉真 → 周玉珍，联系电话 199****0299 → 199****0201
| 更正原因 登记时听错
| 当事人 1：身份 申请人 → 被申请人
| 当事人 2：身份 被申请人 → 申请人，答复方式 电话 → 书面
! 19900000299
run verify
exit 0
