# Who is told what: staff by their part in a matter, parties by their own channel; a number
# and a sentence, nothing else.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "秘密的标题", "story": "秘密的经过",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201", "channel": "sms" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001", "channel": "letter" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }

# A resident never quiet, so that the story is the same by day and night.
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
GET /api/v1/notices/settings
200
{ choices: […, {class: "progress", sms: true, email: false, pace: "by_rule"}, …], quiet_from: "21:00",
  quiet_to: "08:00", digest_1: "08:30", digest_2: "14:30", email: "", email_ok: false }
PUT /api/v1/notices/settings
{ "quiet_from": "25:00" }
422
PUT /api/v1/notices/settings
{ "choices": [ {"class": "nonsense"} ] }
422
PUT /api/v1/notices/settings
{ "quiet_from": "00:00", "quiet_to": "00:00", "choices": [ {"class": "progress", "sms": true, "email": true, "pace": "at_once"} ] }
200
{ quiet_from: "00:00", choices: […, {class: "progress", sms: true, email: true, pace: "at_once"}, …], … }

# An address counts when its owner entered the code that was sent there.
PUT /api/v1/notices/email
{ "email": "zhou@example.org\r\nBcc: x@example.org" }
422
PUT /api/v1/notices/email
{ "email": "zhou" }
422
PUT /api/v1/notices/email
{ "email": "zhou@example.org" }
204
GET /api/v1/notices/settings
200
{ email: "z***@example.org", email_ok: false, … }
POST /api/v1/notices/email/confirm
{ "code": "no" }
422
{ type: "/problems/bad-code", … }

as clerk.guicheng
GET /api/v1/notices/unread
200
{ count=>BEFORE, more: … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200

# The applicant reads it in the list, and by text message; nothing of the matter is in it.
as 19900000201
wait 15
GET /api/v1/notices
200
{ items: […, {id=>A, class: "progress", rule: "accepted_applicant", matter: "{M}", text: "您的事项 {N} 已受理", read_at: null, …}, …], … }
GET /api/v1/notices/unread
200
{ count: 1, more: false }
as guest
wait 15
GET /api/v1/demo/outbox
200
{ items: […, {to: "199****0201", template: "notice", body: "【枫桥】您的事项 {N} 已受理", …}, …], … }
GET /api/v1/demo/outbox
200
! 秘密
! 周玉珍

# Only the own ones can be read, once; the count follows.
as clerk.guicheng
POST /api/v1/notices/{A}/read
404
as 19900000201
POST /api/v1/notices/{A}/read
204
POST /api/v1/notices/{A}/read
204
GET /api/v1/notices/unread
200
{ count: 0, more: false }
GET /api/v1/notices?unread=true
200
{ items: [], next: null }

# The body it is offered to is told; who did it is not.
as dispatcher.guicheng
GET /api/v1/orgs?q=桂城派出所
200
{ items: […, {id=>POLICE, …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{POLICE}" }
200
as handler.police.guicheng
wait 15
GET /api/v1/notices
200
{ items: […, {id=>P, class: "work", rule: "offered", text: "{N} 派给本单位…", …}, …], … }
POST /api/v1/notices/read
{ "to": "{P}" }
204
GET /api/v1/notices/unread
200
{ count: 0, … }
GET /api/v1/notices?after=x
400
as dispatcher.dali
GET /api/v1/notices
200
! {N}

# Danger: at once (the dispatcher is on leave and is not told), and to a party only in words that tell nothing.
as grid.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "持刀威胁", "story": "丈夫持刀威胁", "danger": true,
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201", "channel": "sms" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>D, number=>DN, pin=>DPIN, … }
as clerk.guicheng
wait 15
GET /api/v1/notices
200
{ items: […, {class: "danger", rule: "filed_danger", matter: "{D}", …}, …], … }
as 19900000201
POST /api/v1/door/links
{ "number": "{DN}", "pin": "{DPIN}" }
200
as clerk.guicheng
POST /api/v1/matters/{D}/actions/accept
If-Match: "v1"
{}
200
as guest
wait 15
GET /api/v1/demo/outbox
200
{ items: […, {to: "199****0201", body: "【枫桥】您有一条新的办事消息。", …}, …], … }

# Whom only a letter or a telephone reaches is told by a person.
as clerk.guicheng
POST /api/v1/matters
{ "kind": "request", "title": "路灯不亮", "source": "counter",
  "parties": [ { "role": "applicant", "kind": "person", "name": "马有福", "phone": "19900003002", "channel": "letter" } ] }
201
{ id=>L, number=>LN, … }
POST /api/v1/matters/{L}/actions/ask_details
If-Match: "v1"
{ "text": "请说明灯杆编号" }
200
wait 15
GET /api/v1/matters/{L}/tasks
200
{ items: [ {title: "书面告知申请人", note: "您的事项 {LN} 需要补正材料…", made_by: null, mine: true, due: "20…", …} ], … }

# What leaves the house, and what failed, is the system administrator's; its texts are not.
as sysadmin
GET /api/v1/outbox?state=waiting
200
! 验证码
GET /api/v1/outbox
200
{ items: [], next: null }
POST /api/v1/outbox/1/again
404

# Two restarts and many looks later everybody was told once.
restart
as 19900000201
GET /api/v1/notices
200
{ items: [ {matter: "{D}", …}, {matter: "{M}", rule: "accepted_applicant", …} ], … }
run verify
exit 0
