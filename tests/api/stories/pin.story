# A slip was lost: the counter looks who asks, and hands out another pin. The one before ends.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "1", "title": "宅基地边界", "parties": [
    { "role": "applicant", "name": "周玉珍", "phone": "19900000201", "channel": "sms" },
    { "role": "respondent", "name": "谢秉谦" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }

POST /api/v1/matters/{M}/pin
{ }
422
{ type: "/problems/required", field: "reason", … }
POST /api/v1/matters/{M}/pin
{ "reason": "x" }
422
{ field: "reason", … }
POST /api/v1/matters/{M}/pin
{ "reason": "本人持身份证到窗口", "pin": "111111" }
400
{ field: "pin", … }
POST /api/v1/matters/1/pin
{ "reason": "本人持身份证到窗口" }
404
POST /api/v1/matters/{M}/pin
{ "reason": "本人持身份证到窗口，与登记电话核对一致" }
200
Cache-Control: no-store
{ number: "{N}", pin=>NEW }

# Another number's slip opens nothing here, and the old pin no more.
as guest
POST /api/v1/door/status
{ "number": "{N}", "pin": "{PIN}" }
422
{ type: "/problems/bad-pin", … }
POST /api/v1/door/status
{ "number": "{N}", "pin": "{NEW}" }
200
{ number: "{N}", state: "filed", !title, … }

# Who it was is told: in the journal, to the parties with the reason, to the applicant by
# text message; the pin itself stands nowhere.
as clerk.guicheng
GET /api/v1/matters/{M}/journal
200
! {NEW}
{ items: [ {…}, {action: "pin_new", payload: {reason: "本人持身份证到窗口，与登记电话核对一致"}, …} ], … }
as guest
wait 15
GET /api/v1/demo/outbox
200
! {NEW}
{ items: […, {to: "199****0201", body: "【枫桥】您的事项 {N} 补发了查询码，原查询码作废；不是您申请的请联系窗口", …}, …], … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{NEW}" }
200
GET /api/v1/door/matters/{M}/access
200
{ items: [ {…}, {what: "pin", reason: "本人持身份证到窗口，与登记电话核对一致", …}, … ], … }

# Linked stays linked: what was opened by the pin before is the party's own by now.
as clerk.guicheng
POST /api/v1/matters/{M}/pin
{ "reason": "再次遗失" }
200
as 19900000201
GET /api/v1/door/matters/{M}
200

# Who only sees it, or neither, hands out nothing.
as clerk.dali
POST /api/v1/matters/{M}/pin
{ "reason": "替别处窗口补发" }
404
as 19900000201
POST /api/v1/matters/{M}/pin
{ "reason": "我自己补发" }
403

run verify
exit 0
