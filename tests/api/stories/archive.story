# Putting away: with the dossier complete by its rule, for as long as the rule says.

as mediator.guicheng
POST /api/v1/matters/spot
{ "kind": "dispute", "type": "2", "title": "争过道", "outcome": "settled", "summary": "口头和解", "form": "written",
  "parties": [ { "role": "applicant", "name": "周玉珍", "answer": "yes" }, { "role": "respondent", "name": "谢秉谦", "answer": "yes" } ] }
201
{ id=>M, … }
GET /api/v1/work/items?bucket=to_archive&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }
GET /api/v1/matters/{M}
200
{ deadlines: [ …, {what: "archive", state: "running", …}, … ], … }
POST /api/v1/matters/{M}/actions/archive
If-Match: "v7"
{}
409
{ type: "/problems/dossier-incomplete", detail: "卷宗还缺：调解协议书或口头协议记录", … }
POST /api/v1/matters/{M}/actions/archive
If-Match: "v7"
{ "oral": true, "note": "双方当场握手言和" }
200
{ state: "archived", version: 8, … }
GET /api/v1/matters/{M}
200
{ state: "archived", retention: "dossier_oral", archived_at: …, keep_until: …, actions: […, {name: "visit", …}, …], … }
GET /api/v1/work/items?bucket=to_archive&limit=100
200
! 争过道

# A written agreement is in the file.
POST /api/v1/matters/spot
{ "kind": "dispute", "type": "2", "title": "争水渠", "outcome": "settled", "summary": "签订协议", "form": "written",
  "parties": [ { "role": "applicant", "name": "周玉珍", "answer": "yes" }, { "role": "respondent", "name": "谢秉谦", "answer": "no" } ] }
201
{ id=>W, … }
POST /api/v1/matters/{W}/attachments
file file a.txt text/plain: 调解协议书
200
POST /api/v1/matters/{W}/actions/archive
If-Match: "v7"
{}
200
GET /api/v1/matters/{W}
200
{ retention: "dossier_agreement", … }

# Declined: not while the party may still ask for a review. Withdrawn: at once.
as clerk.guicheng
POST /api/v1/matters
{ "kind": "request", "title": "路灯不亮", "parties": [ { "role": "applicant", "name": "甲" } ] }
201
{ id=>R, … }
GET /api/v1/matters/{R}
200
{ parties: [ {id=>P, …} ], … }
POST /api/v1/matters/{R}/actions/withdraw
If-Match: "v1"
{ "party": "{P}" }
200
{ state: "withdrawn", … }
GET /api/v1/matters/{R}
200
{ deadlines: [ …, {what: "archive", state: "running", …}, … ], … }
POST /api/v1/matters/{R}/actions/archive
If-Match: "v2"
{}
200
GET /api/v1/matters/{R}
200
{ state: "archived", retention: "dossier_declined", … }
POST /api/v1/matters
{ "kind": "dispute", "title": "无从调解", "parties": [ { "role": "applicant", "name": "乙" } ] }
201
{ id=>D, … }
POST /api/v1/matters/{D}/actions/decline
If-Match: "v1"
{ "reason": "refused", "text": "对方明确拒绝调解" }
200
POST /api/v1/matters/{D}/actions/archive
If-Match: "v2"
{}
409
{ type: "/problems/has-fact", … }
run verify
exit 0
run check
exit 0
