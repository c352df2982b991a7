# Recorded afterwards from a paper file: every step stands at its old day, said to be recorded
# now, with the reason; the case number is of the old year; what was late then is late.

as mediator.guicheng
POST /api/v1/matters/spot
{ "kind": "dispute", "type": "2", "title": "祖屋滴水", "outcome": "settled", "settled": 30000, "form": "written",
  "summary": "出檐改短，赔偿三百元", "how": "field", "old_number": "桂调2019-7", "late_reason": "纸质卷宗补录",
  "asked_at": "2019-03-04T09:00:00+08:00", "settled_at": "2019-04-01T10:00:00+08:00",
  "parties": [ { "role": "applicant", "name": "黎婆婆", "answer": "yes" }, { "role": "respondent", "name": "苏阿公", "answer": "yes" } ] }
201
{ id=>M, number=>N, filed_at: "2019-03-04T09:00:00.000+08:00", … }
GET /api/v1/matters/{M}
200
{ state: "closed", docket: "〔2019〕桂城人调字第1号", filed_at: "2019-03-04T09:00:00.000+08:00",
  accepted_at: "2019-03-04T09:00:00.000+08:00", concluded_at: "2019-04-01T10:00:00.000+08:00", closed_at: "2019-04-01T10:00:00.000+08:00",
  deadlines: [ …, {what: "whole", state: "met", ended_at: "2019-04-01T10:00:00.000+08:00", …}, … ], … }

# Older than the house keeps, or ahead of its own beginning: refused.
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "太早", "outcome": "settled", "summary": "和解", "late_reason": "补录", "settled_at": "1949-09-30T10:00:00+08:00",
  "parties": [ { "role": "applicant", "name": "甲", "answer": "yes" } ] }
422
{ type: "/problems/out-of-range", field: "settled_at", … }
POST /api/v1/matters/spot
{ "kind": "dispute", "title": "倒置", "outcome": "settled", "summary": "和解", "late_reason": "补录",
  "asked_at": "2019-05-04T09:00:00+08:00", "settled_at": "2019-04-01T10:00:00+08:00",
  "parties": [ { "role": "applicant", "name": "甲", "answer": "yes" } ] }
422
{ type: "/problems/out-of-range", field: "asked_at", … }

run timeline {N} --as mediator.guicheng
exit 0
| 2019-03-04 09:00  报单  陈伯均（桂城调委会）  （补记于
| 办理方式 现场，原卷号 桂调2019-7，补录原因 纸质卷宗补录，案号 〔2019〕桂城人调字第1号
| 2019-04-01 10:00  登记结果  陈伯均（桂城调委会）  （补记于
| 结果：达成协议，协议金额 300.00 元
| 协议形式 书面协议，办理情况 出檐改短，赔偿三百元
| 各方意见：当事人 苏阿公，方式 窗口，本人意见 认可
run verify
exit 0
run check
exit 0
