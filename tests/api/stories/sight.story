# Who sees how much: content needs a role in the matter, a level above gets the
# envelope, and nothing goes round by a list, a search, a file or an upload.
config code_rate=1000
config behind_proxy=true

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "夜里敲管道的声音", "story": "琉璃瓦上的脚步",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>M, number=>N, pin=>PIN, … }

GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], … }

# A leader of the very body that has it: the envelope.
as leader.guicheng
GET /api/v1/matters/{M}
200
{ grade: 2, number: "{N}", !title, !story, !parties, !claims, actions: [], … }
GET /api/v1/matters/{M}/attachments
404
GET /api/v1/matters/{M}/access
404
GET /api/v1/matters
200
! 夜里敲管道的声音
GET /api/v1/matters?q=琉璃瓦
200
{ items: [], next: null }
GET /api/v1/work/items?bucket=to_accept
200
! 夜里敲管道的声音

as clerk.guicheng
GET /api/v1/matters?q=琉璃瓦
200
{ items: [ {id: "{M}", …} ], … }

# A file for a matter one does not see is not taken in.
as clerk.dali
POST /api/v1/matters/{M}/attachments
file file a.txt text/plain: words
404

# What a withdrawal recalls: an offer nobody took yet.
as clerk.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
as dispatcher.guicheng
GET /api/v1/matters/{M}/hint
200
{ items: […, {org=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200

# A compartment protects a party of this matter, and leaves in no file.
as mediator.guicheng
GET /api/v1/matters/{M}
200
POST /api/v1/matters/{M}/compartments
{ "kind": "safety" }
422
{ field: "side", … }
POST /api/v1/matters/{M}/compartments
{ "kind": "safety", "side": "{M}" }
422
{ field: "side", … }

as head.guicheng
POST /api/v1/matters/{M}/compartments
{ "kind": "safety", "side": "{A}" }
200
{ id=>K, kind: "safety", … }
POST /api/v1/compartments/{K}/entries
{ "text": "躲到了表姐家" }
200
POST /api/v1/exports
{ "list": "/api/v1/compartments/{K}/entries" }
200
{ id=>X, … }
wait 20
GET /api/v1/exports/{X}
200
{ state: "failed", … }
! 表姐

# Who may open an offer is for the auditor to see, by the matter's number and without a text;
# the parties learn of that look. Who may open a safety compartment is not.
POST /api/v1/matters/{M}/compartments
{ "kind": "offer" }
200
{ id=>O, … }
POST /api/v1/compartments/{O}/entries
{ "text": "底线五千元" }
200
as clerk.guicheng
GET /api/v1/session
200
{ account: {id=>CLERK, …}, … }
as head.guicheng
POST /api/v1/compartments/{O}/grants
{ "account": "{CLERK}", "until": "{DAY+7}T00:00:00+08:00" }
204
GET /api/v1/audit/grants?number={N}
403
as audit
GET /api/v1/audit/grants
422
{ field: "number", … }
GET /api/v1/audit/grants?number=4406000000000000
422
{ field: "number", … }
GET /api/v1/audit/grants?number={N}
200
Cache-Control: no-store
! 五千元
! safety
{ items: [ {kind: "offer", account_name: "霍志强", granted_by_name: "霍志强", until: null, destroyed_at: null, …},
           {kind: "offer", account_name: "区敏华", granted_by_name: "霍志强", until: "20…", …} ], next: null }

as clerk.guicheng
GET /api/v1/matters/{M}/access
200
{ items: […, {what: "grants", name: "费启明", …}, …], … }
GET /api/v1/compartments/{K}/entries
404
POST /api/v1/matters/{M}/actions/withdraw
If-Match: "v3"
{ "party": "{A}" }
200
{ state: "withdrawn", … }
GET /api/v1/matters/{M}
200
{ assignments: [ {state: "recalled", …} ], … }

# A list with content leaves its access rows when it leaves as a file.
POST /api/v1/exports
{ "list": "/api/v1/work/items", "filter": "bucket=to_accept" }
200
{ id=>X, … }
wait 20
GET /api/v1/exports/{X}
200
{ state: "done", … }

POST /api/v1/exports
{ "list": "/api/v1/matters/{M}/attachments" }
200
{ id=>X, … }
wait 20
GET /api/v1/exports/{X}
200
{ state: "done", … }
GET /api/v1/matters/{M}/access
200
{ items: […, {name: "区敏华", what: "read", …}, …], … }

# Its party reads who may see it and why; other residents stand in no list.
as clerk.guicheng
GET /api/v1/matters/{M}/sights
200
{ items: [ {name: "桂城街道社会治安综合治理中心", why: "owner", content: true, since: …, …}, … ], … }
! 周玉珍

# Looks of one instant are not lost between two pages.
GET /api/v1/matters/{M}/access?limit=1
200
{ items: [ {…} ], next=>AFTER }
GET /api/v1/matters/{M}/access?limit=1&after={AFTER}
200
{ items: [ {…} ], … }
GET /api/v1/matters/{M}/access?after=1-2
400

# Wrong pins in a row close the number for a while to who tries, and to nobody else.
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
as guest
POST /api/v1/door/status
{ "number": "{N}", "pin": "{PIN}" }
200
{ number: "{N}", !title, … }
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "{PIN}" }
429
{ type: "/problems/locked", … }
POST /api/v1/door/status
X-Forwarded-For: 198.51.100.7
{ "number": "{N}", "pin": "{PIN}" }
200
{ number: "{N}", … }
# Not even an unlucky guesser who is signed in and has it in the own list.
as 19900000201
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "00000a" }
422
POST /api/v1/door/status
{ "number": "{N}", "pin": "{PIN}" }
200

run verify
exit 0
run check
exit 0
