# A matter on its way, for the walk of permissions: each mark is a state in which it
# can be asked. Filed in the field by a grid worker for a party, who links it.

as grid.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "秘密{NEW}", "story": "只给有关人员看",
  "parties": [
    { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
    { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001" } ],
  "claims": [ { "text": "修好防水", "amount": 260000 } ] }
201
{ id=>MATTER, number=>NUMBER, pin=>PIN, … }

GET /api/v1/matters/{MATTER}
200
{ title=>WRITTEN, filed_at=>NOW, owner=>OWNER, parties: [ {id=>PARTY, …}, {id=>OTHER, …} ], claims: [ {id=>CLAIM, …} ], … }

as 19900000201
POST /api/v1/door/links
{ "number": "{NUMBER}", "pin": "{PIN}" }
200

as secadmin
GET /api/v1/accounts?q=mediator2.guicheng
200
{ items: […, {id=>MEMBER, login: "mediator2.guicheng", …}, …], … }

as clerk.guicheng
GET /api/v1/areas?q=桂城
200
{ items: […, {id=>AREA, name: "桂城街道", …}, …], … }
POST /api/v1/matters/{MATTER}/attachments
file file a.txt text/plain: 照片说明
200
{ id=>FILE, … }

mark filed
POST /api/v1/matters/{MATTER}/actions/accept
If-Match: "v1"
{}
200
{ version=>V, … }

as dispatcher.guicheng
GET /api/v1/matters/{MATTER}/hint
200
{ items: […, {org=>LEAD, name: "桂城街道人民调解委员会", …}, …], … }

mark accepted
POST /api/v1/matters/{MATTER}/actions/assign
If-Match: "v{V}"
{ "org": "{LEAD}" }
200
{ version=>V, … }

as mediator.guicheng
mark assigned
POST /api/v1/matters/{MATTER}/actions/take
If-Match: "v{V}"
{ "disclosed": true }
200
{ version=>V, … }
POST /api/v1/matters/{MATTER}/compartments
{ "kind": "separate", "side": "{PARTY}" }
200
{ id=>SEALED, … }

mark in_hand
POST /api/v1/matters/{MATTER}/actions/conclude
If-Match: "v{V}"
{ "outcomes": [ { "outcome": "settled" } ], "summary": "已达成协议" }
200
{ version=>V, … }

mark concluded
POST /api/v1/matters/{MATTER}/actions/reply
If-Match: "v{V}"
{ "text": "已达成协议", "channel": "phone" }
200
{ version=>V, … }

as clerk.guicheng
mark replied
POST /api/v1/matters/{MATTER}/actions/close
If-Match: "v{V}"
{ "answers": [ { "party": "{PARTY}", "answer": "yes" }, { "party": "{OTHER}", "answer": "yes" } ] }
200
