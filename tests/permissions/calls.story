# How each address is asked on the walk of permissions: "as" names the state the
# matter must be in, the status is what "ok" means. What changes nothing is asked of
# what is not there: who may gets 404 or 422, who may not gets 403 before.

# The program itself.

as any
GET /healthz
200

as any
GET /readyz
200

as any
GET /metrics
200

as any
GET /api/v1/outbox
200

as any
POST /api/v1/outbox/1/again
404

as any
GET /api/v1/openapi.json
200

as any
GET /api/v1/codes/source
200

as any
GET /verify?number=1&hash=2
200

as any
GET /api/v1/papers.css
200

as any
GET /api/v1/papers
200

as any
GET /api/v1/papers/receipt
200

as any
GET /api/v1/demo/outbox
200

# Reading a matter: content needs a role in it, a leader sees envelopes, another body nothing.

as in_hand
GET /api/v1/matters
200

as in_hand
GET /api/v1/matters/{MATTER}
200

as in_hand
GET /api/v1/matters/{MATTER}/journal
200

as in_hand
GET /api/v1/matters/{MATTER}/timeline
200

as in_hand
GET /api/v1/matters/{MATTER}/access
200

as in_hand
GET /api/v1/matters/{MATTER}/sights
200

as in_hand
GET /api/v1/matters/{MATTER}/attachments
200

as in_hand
GET /api/v1/attachments/{FILE}
200

as any
GET /api/v1/work
200

as any
GET /api/v1/work/items?bucket=in_hand
200

as in_hand
GET /api/v1/matters/{MATTER}/doubles
200

as in_hand
GET /api/v1/matters/{MATTER}/links
200

as in_hand
POST /api/v1/matters/{MATTER}/links
{ "number": "1", "relation": "related", "reason": "同一楼栋" }
422

as in_hand
POST /api/v1/matters/{MATTER}/links/1/end
{ "reason": "并非同一事项" }
404

as in_hand
POST /api/v1/matters/{MATTER}/reveal
{ "party": "{PARTY}", "field": "phone", "reason": "通知到会" }
200
POST /api/v1/matters/{MATTER}/pin
{ "reason": "本人持身份证到窗口" }
200

as in_hand
GET /api/v1/matters/{MATTER}/receipt
200

as in_hand
GET /api/v1/matters/{MATTER}/papers
200

as in_hand
GET /api/v1/matters/{MATTER}/papers/receipt
200

# Filing and moving a matter.

as any
POST /api/v1/matters
{ "kind": "request", "title": "路灯不亮" }
201

as any
POST /api/v1/matters/doubles
{ "title": "路灯不亮" }
200

as any
POST /api/v1/matters/spot
{ "kind": "request", "title": "路灯不亮", "outcome": "resolved", "summary": "当场修好" }
201

as any
POST /api/v1/matters/advice
{ "text": "怎么申请调解" }
201

as filed
POST /api/v1/matters/{MATTER}/actions/accept
If-Match: "v1"
{}
200

as filed
POST /api/v1/matters/{MATTER}/actions/ask_details
If-Match: "v1"
{ "text": "请补充材料" }
200

as filed.details
POST /api/v1/matters/{MATTER}/actions/add_details
If-Match: "v{V}"
{ "text": "已补充" }
200

as filed.details
POST /api/v1/matters/{MATTER}/actions/go_on
If-Match: "v{V}"
{ "text": "期未满" }
409

as filed
POST /api/v1/matters/{MATTER}/actions/decline
If-Match: "v1"
{ "reason": "refused", "text": "对方明确拒绝调解" }
200

as filed.declined
POST /api/v1/matters/{MATTER}/actions/ask_review
If-Match: "v{V}"
{ "party": "{PARTY}" }
200

as filed.reviewing
POST /api/v1/matters/{MATTER}/actions/review
If-Match: "v{V}"
{ "upheld": true, "text": "维持" }
200

as assigned
POST /api/v1/matters/{MATTER}/actions/object
If-Match: "v{V}"
{ "reason": "不属本会辖区" }
200

as assigned.objected
POST /api/v1/matters/{MATTER}/actions/decide_objection
If-Match: "v{V}"
{ "stands": true, "text": "重新派单" }
200

as assigned.objected
POST /api/v1/matters/{MATTER}/actions/rule_objection
If-Match: "v{V}"
{ "org": "{LEAD}", "text": "由该会主办" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/recall
If-Match: "v{V}"
{ "reason": "另有安排" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/transfer
If-Match: "v{V}"
{ "org": "{OWNER}", "reason": "由中心直接调处" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/ask_approval
If-Match: "v{V}"
{ "text": "拟同意延期" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/decide_approval
If-Match: "v{V}"
{ "approved": true }
200

as in_hand
GET /api/v1/matters/{MATTER}/approvals
200

as in_hand
GET /api/v1/matters/{MATTER}/voidings
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/note_leader
If-Match: "v{V}"
{ "leader": "街道办副主任", "text": "请依法妥善处理" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/report_up
If-Match: "v{V}"
{ "text": "涉及三十余户" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/report_danger
If-Match: "v{V}"
{ "told": "110", "text": "双方持械，已到场" }
200

as in_hand
GET /api/v1/matters/{MATTER}/messages
200

as filed.declined
GET /api/v1/matters/{MATTER}/refusals
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/pause
If-Match: "v{V}"
{ "reason": "appraisal", "text": "等待鉴定" }
200

as in_hand.paused
POST /api/v1/matters/{MATTER}/actions/resume
If-Match: "v{V}"
{ "text": "鉴定已完成" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/extend
If-Match: "v{V}"
{ "what": "handle", "amount": 1, "text": "双方同意再谈",
  "consents": [ { "party": "{PARTY}", "at": "{NOW}" }, { "party": "{OTHER}", "at": "{NOW}" } ] }
200

as in_hand.paused
GET /api/v1/matters/{MATTER}/pauses
200

as in_hand
GET /api/v1/matters/{MATTER}/consents
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/urge
If-Match: "v{V}"
{ "party": "{PARTY}", "text": "请抓紧" }
200

as in_hand.urged
POST /api/v1/matters/{MATTER}/actions/answer_urge
If-Match: "v{V}"
{ "text": "明日上门" }
200

as in_hand.urged
GET /api/v1/matters/{MATTER}/urges
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/supervise
If-Match: "v{V}"
{ "text": "请加快办理" }
200

as in_hand.supervised
POST /api/v1/matters/{MATTER}/actions/answer_supervision
If-Match: "v{V}"
{ "text": "明日开调解会" }
200

as in_hand.supervised
GET /api/v1/matters/{MATTER}/supervisions
200

as in_hand.supervised
GET /api/v1/supervisions
200

as any
GET /api/v1/work/late?colour=yellow
200

as any
GET /api/v1/work/statistics
200

as any
GET /api/v1/work/done
200

as any
GET /api/v1/work/done/today
200

as any
GET /api/v1/colleagues
200

as accepted
POST /api/v1/matters/{MATTER}/actions/assign
If-Match: "v{V}"
{ "org": "{LEAD}" }
200

as accepted
GET /api/v1/matters/{MATTER}/hint
200

as assigned
POST /api/v1/matters/{MATTER}/actions/take
If-Match: "v{V}"
{ "disclosed": true }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/conclude
If-Match: "v{V}"
{ "outcomes": [ { "outcome": "settled" } ], "summary": "已达成协议" }
200

as concluded
POST /api/v1/matters/{MATTER}/actions/reply
If-Match: "v{V}"
{ "text": "已达成协议" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/record_attempt
If-Match: "v{V}"
{ "party": "{PARTY}" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/appoint
If-Match: "v{V}"
{ "handler": "{MEMBER}" }
200

as concluded
GET /api/v1/matters/{MATTER}/conclusions
200

as concluded
GET /api/v1/matters/{MATTER}/attempts
200

as replied
GET /api/v1/matters/{MATTER}/visits
200

as replied
GET /api/v1/matters/{MATTER}/ratings
200

as replied
GET /api/v1/matters/{MATTER}/reopenings
200

as replied.closed
POST /api/v1/matters/{MATTER}/actions/visit
If-Match: "v{V}"
{ "parties": [ { "party": "{PARTY}", "reached": true } ], "performance": "done" }
200

as replied.closed
POST /api/v1/matters/{MATTER}/actions/rate
If-Match: "v{V}"
{ "party": "{PARTY}", "satisfaction": "satisfied" }
200

as replied.closed
POST /api/v1/matters/{MATTER}/actions/reopen
If-Match: "v{V}"
{ "why": "breach" }
200

as replied
POST /api/v1/matters/{MATTER}/actions/close
If-Match: "v{V}"
{ "answers": [ { "party": "{PARTY}", "answer": "yes" }, { "party": "{OTHER}", "answer": "no" } ] }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/withdraw
If-Match: "v{V}"
{ "party": "{PARTY}" }
200

as in_hand
POST /api/v1/matters/{MATTER}/attachments
file file b.txt text/plain: 现场情况
200

as any
GET /api/v1/dockets
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/stop
If-Match: "v{V}"
{ "party": "{PARTY}" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/add_party
If-Match: "v{V}"
{ "parties": [ { "role": "third", "name": "追加的人" } ], "reason": "新查明" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/correct
If-Match: "v{V}"
{ "title": "秘密更正", "reason": "笔误" }
200

as in_hand
POST /api/v1/matters/{MATTER}/actions/ask_void
If-Match: "v{V}"
{ "reason": "重复登记" }
200

as filed.voiding
POST /api/v1/matters/{MATTER}/actions/decide_void
If-Match: "v{V}"
{ "confirmed": false }
200

as in_hand
POST /api/v1/door/matters/{MATTER}/actions/stop
If-Match: "v{V}"
{}
200

as filed.withdrawn
POST /api/v1/matters/{MATTER}/actions/archive
If-Match: "v{V}"
{}
200

as filed.twin
POST /api/v1/matters/{MATTER}/actions/merge
If-Match: "v1"
{ "number": "{TWIN}", "reason": "同一处漏水" }
200

as filed.merged
POST /api/v1/matters/{MATTER}/actions/unmerge
If-Match: "v{V}"
{ "reason": "并非一事" }
200

as accepted
POST /api/v1/matters/{MATTER}/actions/split
If-Match: "v{V}"
{ "reason": "两个部门", "parts": [ { "title": "秘密一", "claims": [ { "claim": "{CLAIM}" } ] }, { "title": "秘密二" } ] }
200

as accepted.parts
POST /api/v1/matters/{MATTER}/actions/join_parts
If-Match: "v{V}"
{ "summary": "都已了结" }
409

as in_hand
GET /api/v1/matters/{MATTER}/ties
200

as in_hand
GET /api/v1/door/matters/{MATTER}/ties
200

# Sealed places: for named people, whatever else they may.

as in_hand
GET /api/v1/matters/{MATTER}/compartments
200

as in_hand
POST /api/v1/matters/{MATTER}/compartments
{ "kind": "offer" }
200

as in_hand
GET /api/v1/compartments/{SEALED}/entries
200

as in_hand
POST /api/v1/compartments/{SEALED}/entries
{ "text": "底线五千元" }
200

as in_hand
POST /api/v1/compartments/{SEALED}/grants
{ "account": "{MEMBER}", "until": "{DAY+7}T00:00:00+08:00" }
204

as in_hand
DELETE /api/v1/compartments/{SEALED}
204

# The door: a resident has what is his or hers, the staff has nothing there.

as in_hand
POST /api/v1/door/matters
{ "kind": "request", "title": "井盖松动", "area": "{AREA}" }
201

as in_hand
GET /api/v1/door/matters
200

as in_hand
GET /api/v1/door/matters/{MATTER}
200

as in_hand
GET /api/v1/door/matters/{MATTER}/access
200

as in_hand
GET /api/v1/door/matters/{MATTER}/sights
200

as in_hand
GET /api/v1/door/matters/{MATTER}/receipt
200

as in_hand
GET /api/v1/door/matters/{MATTER}/papers
200

as in_hand
GET /api/v1/door/matters/{MATTER}/papers/receipt
200

as any
GET /api/v1/door/verify?number=4406261122000017&hash=0000000000000000000000000000000000000000000000000000000000000000
200

as in_hand
GET /api/v1/door/matters/{MATTER}/attachments
200

as in_hand
POST /api/v1/door/matters/{MATTER}/attachments
file file c.txt text/plain: 我的材料
200

as in_hand
GET /api/v1/door/attachments/{FILE}
200

as filed.details
POST /api/v1/door/matters/{MATTER}/actions/add_details
If-Match: "v{V}"
{ "text": "已补充" }
200

as in_hand.paused
GET /api/v1/door/matters/{MATTER}/pauses
200

as in_hand
POST /api/v1/door/matters/{MATTER}/actions/urge
If-Match: "v{V}"
{ "text": "请抓紧" }
200

as in_hand.urged
GET /api/v1/door/matters/{MATTER}/urges
200

as in_hand.supervised
GET /api/v1/door/matters/{MATTER}/supervisions
200

as filed.declined
POST /api/v1/door/matters/{MATTER}/actions/ask_review
If-Match: "v{V}"
{}
200

as in_hand
GET /api/v1/door/matters/{MATTER}/messages
200

as filed.declined
GET /api/v1/door/matters/{MATTER}/refusals
200

as concluded
GET /api/v1/door/matters/{MATTER}/conclusions
200

as concluded
GET /api/v1/door/matters/{MATTER}/attempts
200

as replied
GET /api/v1/door/matters/{MATTER}/ratings
200

as replied
GET /api/v1/door/matters/{MATTER}/reopenings
200

as replied.closed
POST /api/v1/door/matters/{MATTER}/actions/rate
If-Match: "v{V}"
{ "satisfaction": "not", "words": "太慢" }
200

as replied.closed
POST /api/v1/door/matters/{MATTER}/actions/reopen
If-Match: "v{V}"
{}
200

as concluded
POST /api/v1/door/matters/{MATTER}/actions/answer
If-Match: "v{V}"
{ "answer": "yes" }
200

as in_hand
POST /api/v1/door/matters/{MATTER}/actions/withdraw
If-Match: "v{V}"
{}
200

as in_hand
POST /api/v1/door/status
{ "number": "{NUMBER}", "pin": "{PIN}" }
200

as in_hand
POST /api/v1/door/links
{ "number": "{NUMBER}", "pin": "{PIN}" }
200

as any
POST /api/v1/door/code
{ "phone": "12" }
422

as any
POST /api/v1/door/session
{ "phone": "19900000299", "code": "000000" }
422

# The own account. A token is for a program: it changes nothing of the account.

as any
POST /api/v1/session
{ "login": "{NEW}", "password": "wrong-password-1" }
401

as any
GET /api/v1/session
200

as any
DELETE /api/v1/session
204

as any
PUT /api/v1/session/post
{ "post": "1" }
422

as any
PUT /api/v1/session/password
{ "old": "wrong-password-1", "new": "another-good-one-2" }
422

as any
POST /api/v1/session/totp
200

as any
PUT /api/v1/session/totp
{ "code": "12" }
422

as any
DELETE /api/v1/session/totp
{ "password": "wrong-password-1" }
409

as any
PUT /api/v1/session/profile
{ "lang": "zh" }
200

as any
GET /api/v1/session/logins
200

as any
DELETE /api/v1/session/logins/999999999
404

as any
GET /api/v1/tokens
200

as any
POST /api/v1/tokens
{ "name": "x", "scopes": [ "no.such" ], "expires_on": "{DAY+30}" }
422

as any
GET /api/v1/tokens/999999999
404

as any
DELETE /api/v1/tokens/999999999
404

# Lists as files, ledgers from files.

as any
POST /api/v1/exports
{ "list": "no_such_list" }
422

as any
GET /api/v1/exports
200

as any
GET /api/v1/exports/999999999
404

as any
GET /api/v1/exports/999999999/file
404

as any
POST /api/v1/imports
part ledger: matters
file file a.csv text/csv: a
201

as any
GET /api/v1/imports
200

as any
GET /api/v1/imports/999999999
404

as any
GET /api/v1/imports/999999999/sample
404

as any
GET /api/v1/imports/999999999/errors
404

as any
POST /api/v1/imports/999999999/check
404

as any
POST /api/v1/imports/999999999/run
404

as any
PUT /api/v1/imports/999999999
{}
422

# People: the security administrator makes, the audit administrator looks.

as any
GET /api/v1/accounts
200

as any
GET /api/v1/accounts/999999999
404

as any
POST /api/v1/accounts
{}
422

as any
PUT /api/v1/accounts/999999999
{}
422

as any
DELETE /api/v1/accounts/999999999
If-Match: "v1"
404

as any
POST /api/v1/accounts/999999999/unlock
404

as any
POST /api/v1/accounts/999999999/password
{}
422

as any
GET /api/v1/posts
200

as any
GET /api/v1/posts/999999999
404

as any
POST /api/v1/posts
{}
422

as any
PUT /api/v1/posts/999999999
{}
422

as any
DELETE /api/v1/posts/999999999
If-Match: "v1"
404

as any
POST /api/v1/posts/999999999/substitute
{}
422

# What was done and who looked, over everything: the audit administrator alone.

as any
GET /api/v1/audit/journal
200

as any
GET /api/v1/audit/checkpoints
200

as any
GET /api/v1/audit/looks?account=1
200

as in_hand
GET /api/v1/audit/grants?number={NUMBER}
200

# Areas are for everybody who signed in; bodies, competences and rosters for the staff; the system administrator changes them.

as any
GET /api/v1/areas
200

as any
GET /api/v1/areas/999999999
404

as any
POST /api/v1/areas
{}
422

as any
PUT /api/v1/areas/999999999
{}
422

as any
POST /api/v1/areas/999999999/end
If-Match: "v1"
{}
404

as any
GET /api/v1/areas/999999999/duty
404

as any
GET /api/v1/orgs
200

as any
GET /api/v1/orgs/999999999
404

as any
POST /api/v1/orgs
{}
422

as any
PUT /api/v1/orgs/999999999
{}
422

as any
POST /api/v1/orgs/999999999/end
If-Match: "v1"
{}
404

as any
GET /api/v1/orgs/999999999/competences
200

as any
GET /api/v1/competences?kind=dispute&area=1
200

as any
POST /api/v1/competences
{}
422

as any
POST /api/v1/competences/999999999/end
If-Match: "v1"
{}
404

as any
GET /api/v1/rosters
200

as any
GET /api/v1/rosters/999999999
404

as any
POST /api/v1/rosters
{}
422

as any
PUT /api/v1/rosters/999999999
{}
422

as any
GET /api/v1/committees
200

# Rules: the staff reads them, the system administrator changes them.

as any
GET /api/v1/rules/codes/source
200

as any
GET /api/v1/rules/mappings
200

as any
GET /api/v1/rules/days/0
200

as any
GET /api/v1/rules/years
200

as any
GET /api/v1/rules/hours
200

as any
GET /api/v1/rules/org-hours
200

as any
GET /api/v1/rules/limits
200

as any
GET /api/v1/rules/sets
200

as any
PUT /api/v1/rules/codes
{}
422

as any
PUT /api/v1/rules/mappings
{}
422

as any
PUT /api/v1/rules/days
{}
422

as any
PUT /api/v1/rules/years
{}
422

as any
PUT /api/v1/rules/hours
{}
422

as any
PUT /api/v1/rules/limits
{}
422

as any
DELETE /api/v1/rules/days/0/1999-01-01
404

as any
PUT /api/v1/rules/org-hours/999999999
{ "hours": "standard" }
422

as any
PUT /api/v1/rules/sets/no-such-set
{ "on": true }
404

# Everybody's own notices.

as any
GET /api/v1/notices
200

as any
GET /api/v1/notices/unread
200

as any
POST /api/v1/notices/1/read
404

as any
POST /api/v1/notices/read
{ "to": "1" }
204

as any
GET /api/v1/notices/settings
200

as any
PUT /api/v1/notices/settings
{}
200

as any
PUT /api/v1/notices/email
{ "email": "nonsense" }
422

as any
POST /api/v1/notices/email/confirm
{ "code": "nonsense" }
422

# Tasks.

as any
GET /api/v1/tasks
200

as any
GET /api/v1/tasks/1
404

as any
POST /api/v1/tasks
{ "title": "" }
422

as any
PUT /api/v1/tasks/1
{ "title": "x" }
404

as any
POST /api/v1/tasks/1/done
{}
404

as any
POST /api/v1/tasks/1/cancel
{}
404

as any
PUT /api/v1/tasks/1/items/1
{ "done": true }
404

as in_hand
GET /api/v1/matters/{MATTER}/tasks
200

as in_hand
POST /api/v1/matters/{MATTER}/tasks
{ "title": "看现场" }
201

as in_hand
GET /api/v1/matters/{MATTER}/task-orgs
200

as in_hand
GET /api/v1/matters/{MATTER}/task-people
200

# Monthly forms of a month that was never closed, and ledgers.

as any
GET /api/v1/indicators
200

as any
GET /api/v1/editions
200

as any
GET /api/v1/editions/190001/table
404

as any
GET /api/v1/editions/190001/areas
404

as any
GET /api/v1/editions/190001/corrections
404

as any
GET /api/v1/editions/190001/matters?column=accepted
404

as any
GET /api/v1/editions/190001/file
404

as any
GET /api/v1/editions/190001/print
404

as any
GET /api/v1/ledgers/counter
200
