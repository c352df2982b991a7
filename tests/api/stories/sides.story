# One telephone number on both sides of a dispute: who links it says for whom, and never
# answers for the other.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "1", "title": "分家析产", "parties": [
    { "role": "applicant", "name": "周玉珍", "phone": "19900000201" },
    { "role": "respondent", "name": "周玉良", "phone": "19900000201" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "000" }
422
{ type: "/problems/bad-pin", … }
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
422
{ type: "/problems/which-side", field: "side", … }
GET /api/v1/door/matters/{M}
404
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}", "side": "applicant" }
200
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}", "side": "respondent" }
409
{ type: "/problems/other-side", field: "side", … }
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
{ version=>V, … }

# Stopping stops for one's own side; the other is still there, and is asked by its own channel.
GET /api/v1/door/matters/{M}
200
{ version=>V, … }
POST /api/v1/door/matters/{M}/actions/stop
If-Match: "v{V}"
{}
200
as clerk.guicheng
GET /api/v1/matters/{M}
200
{ parties: [ {name: "周玉珍", left_at: "2…", …}, {name: "周玉良", left_at: null, …} ], … }

# Two matters become one in which the same person would be on both sides: the one it acts
# for there stays its own.
POST /api/v1/matters
{ "kind": "dispute", "title": "她诉他", "parties": [ { "role": "applicant", "name": "周玉珍", "phone": "19900000201" }, { "role": "respondent", "name": "谢秉谦" } ] }
201
{ id=>A, number=>NA, pin=>PA, … }
POST /api/v1/matters
{ "kind": "dispute", "title": "他诉她", "parties": [ { "role": "applicant", "name": "谢秉谦" }, { "role": "respondent", "name": "周玉珍", "phone": "19900000201" } ] }
201
{ id=>B, number=>NB, pin=>PB, … }
as 19900000201
POST /api/v1/door/links
{ "number": "{NA}", "pin": "{PA}" }
200
POST /api/v1/door/links
{ "number": "{NB}", "pin": "{PB}" }
200
as clerk.guicheng
GET /api/v1/matters/{B}
200
{ version=>VB, … }
POST /api/v1/matters/{B}/actions/merge
If-Match: "v{VB}"
{ "number": "{NA}", "reason": "同一纠纷" }
200
GET /api/v1/matters/{A}
200
{ version=>VA, … }
as 19900000201
POST /api/v1/door/matters/{A}/actions/withdraw
If-Match: "v{VA}"
{}
200
as clerk.guicheng
GET /api/v1/matters/{A}
200
{ parties: [ {name: "周玉珍", role: "applicant", left_at: "2…", …}, {name: "谢秉谦", …}, {name: "谢秉谦", role: "applicant", left_at: null, …}, {name: "周玉珍", role: "respondent", left_at: null, …} ], … }
