# Settled on the spot, recorded afterwards, advice without a name: one record each, and
# the whole course stands in the journal at its real times.

as clerk.guicheng
POST /api/v1/matters/spot
{ "kind": "dispute", "type": "2", "title": "晾衣滴水", "outcome": "settled", "summary": "加装接水槽，互致歉意",
  "parties": [ { "role": "applicant", "name": "周玉珍", "phone": "19900000201", "answer": "yes" },
               { "role": "respondent", "name": "谢秉谦", "answer": "yes" } ],
  "claims": [ { "text": "不再滴水" }, { "text": "赔床单", "amount": 8000, "outcome": "settled_performed", "settled": 5000 } ] }
201
Location: /api/v1/matters/…
Cache-Control: no-store
statements <= 118
{ id=>M, number=>N, pin=>PIN, state: "closed", version: 7, … }
GET /api/v1/matters/{M}
200
{ state: "closed", lead_name: "桂城综治中心", handler_name: "区敏华",
  parties: [ {name: "周玉珍", channel: "counter", answer: "yes", …}, {name: "谢秉谦", answer: "yes", …} ],
  claims: [ {outcome: "settled", …}, {outcome: "settled_performed", settled: 5000, …} ],
  assignments: [ {state: "done", …} ], … }
GET /api/v1/matters/{M}/journal
200
{ items: [ {seq: 1, action: "file", …}, {action: "accept", …}, {action: "assign", …}, {action: "take", …},
           {action: "conclude", …}, {action: "reply", …}, {action: "close", …} ], … }
as guest
POST /api/v1/door/status
{ "number": "{N}", "pin": "{PIN}" }
200
{ state: "closed", … }

# Money agreed on the whole is the one claim's; of several, each says its own.
as clerk.guicheng
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "碰坏货架", "outcome": "settled_performed", "settled": 20000, "summary": "当场赔偿",
  "parties": [ { "role": "applicant", "name": "甲", "answer": "yes" }, { "role": "respondent", "name": "乙", "answer": "yes" } ],
  "claims": [ { "text": "赔货架" } ] }
201
{ id=>ONE, … }
GET /api/v1/matters/{ONE}
200
{ claims: [ {outcome: "settled_performed", settled: 20000, …} ], … }
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "碰坏货架", "outcome": "settled_performed", "settled": 20000, "summary": "当场赔偿",
  "parties": [ { "role": "applicant", "name": "甲", "answer": "yes" }, { "role": "respondent", "name": "乙", "answer": "yes" } ],
  "claims": [ { "text": "赔货架", "settled": 15000 }, { "text": "赔货物" } ] }
422
{ type: "/problems/which-claim", field: "settled", … }

# Each side answers for itself; "not reached" cannot be said of who was there; nothing
# is recorded that was refused.
as clerk.guicheng
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "争车位", "outcome": "settled", "summary": "各退一步",
  "parties": [ { "role": "applicant", "name": "甲", "answer": "yes" }, { "role": "respondent", "name": "乙" } ] }
422
{ type: "/problems/no-answer", field: "parties[1].answer", … }
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "争车位", "outcome": "settled", "summary": "各退一步",
  "parties": [ { "role": "applicant", "name": "甲", "answer": "unreached" } ] }
422
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "争车位", "outcome": "resolved", "summary": "各退一步",
  "parties": [ { "role": "applicant", "name": "甲", "answer": "yes" } ] }
422
{ type: "/problems/outcome-kind", … }
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "争车位", "outcome": "settled", "summary": "各退一步", "parties": [] }
422
{ type: "/problems/too-few", field: "parties", … }
POST /api/v1/matters/spot
{ "kind": "request", "title": "路灯", "outcome": "resolved", "summary": "已修", "settled_at": "2099-01-01T00:00:00+08:00" }
422
{ type: "/problems/out-of-range", field: "settled_at", detail: "…应在 1950 年以后，不晚于现在", … }
POST /api/v1/matters/spot
{ "kind": "request", "title": "路灯", "outcome": "resolved", "summary": "已修",
  "asked_at": "2024-03-02T09:00:00+08:00", "settled_at": "2024-03-01T09:00:00+08:00", "late_reason": "纸卷补录" }
422
{ field: "asked_at", … }
GET /api/v1/matters?q=争车位
200
{ items: [], … }

# What one party refuses is settled for nobody, and may be recorded so.
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "口角", "outcome": "failed", "routes": "court", "summary": "双方不愿调解，已告知途径", "how": "phone",
  "parties": [ { "role": "applicant", "name": "丙" }, { "role": "respondent", "name": "丁" } ] }
201
{ state: "closed", … }

# Afterwards: the old dates need a reason or the old number; the number in the register is
# of the year it was accepted in; what took too long is late.
as mediator.guicheng
POST /api/v1/matters/spot
{ "kind": "dispute", "type": "2", "title": "祖屋滴水", "outcome": "settled", "summary": "口头和解",
  "asked_at": "2019-03-04T09:00:00+08:00", "settled_at": "2019-12-05T10:00:00+08:00",
  "parties": [ { "role": "applicant", "name": "黎婆婆", "answer": "yes" }, { "role": "respondent", "name": "苏阿公", "answer": "yes" } ] }
422
{ type: "/problems/need-reason", field: "late_reason", … }
POST /api/v1/matters/spot
{ "kind": "dispute", "type": "2", "title": "祖屋滴水", "outcome": "settled", "summary": "口头和解", "old_number": "桂调2019-7",
  "asked_at": "2019-03-04T09:00:00+08:00", "settled_at": "2019-12-05T10:00:00+08:00",
  "parties": [ { "role": "applicant", "name": "黎婆婆", "answer": "yes" }, { "role": "respondent", "name": "苏阿公", "answer": "yes" } ] }
201
{ id=>OLD, filed_at: "2019-03-04T09:00:00.000+08:00", … }
GET /api/v1/matters/{OLD}
200
{ docket: "〔2019〕桂城人调字第1号", accepted_at: "2019-03-04T09:00:00.000+08:00", closed_at: "2019-12-05T10:00:00.000+08:00",
  deadlines: [ …, {what: "whole", state: "late", ended_at: "2019-12-05T10:00:00.000+08:00", …}, … ], … }
GET /api/v1/matters/{OLD}
200
{ deadlines: [ …, {what: "accept", state: "met", …}, … ], … }
GET /api/v1/matters?q=2019-7
200
{ items: [ {id: "{OLD}", …} ], … }

# Ten seconds: a question and its answer.
POST /api/v1/matters/advice
{ "text": "房东不退押金怎么办\n租了两年", "answer": "可先申请调解，或向法院起诉", "how": "phone" }
201
{ id=>ADVICE, number=>NADVICE, state: "closed", … }
GET /api/v1/matters/{ADVICE}
200
{ kind: "advice", title: "房东不退押金怎么办", source: "phone", parties: [], claims: [ {outcome: "answered", …} ], … }
POST /api/v1/matters/advice
{ "text": "" }
422
as grid.guicheng
POST /api/v1/matters/advice
{ "text": "怎么办" }
403

# The program tells it in words.
run timeline {N} --as clerk.guicheng
exit 0
| 结果：请求 赔床单，达成协议并已履行，协议金额 50.00 元
| 办理情况 加装接水槽，互致歉意
| 各方意见：当事人 谢秉谦，方式 窗口，本人意见 认可
run timeline {NADVICE} --as mediator.guicheng
exit 0
| 结果：已答复
| 办理情况 可先申请调解，或向法院起诉
run verify
exit 0
run check
exit 0
