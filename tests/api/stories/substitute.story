# The head is away: who stands in for her approves, for those days and said to be in her
# place; not what he asked for himself, and not as what he is otherwise.

as secadmin
GET /api/v1/accounts?q=%E5%A7%9A%E6%85%95%E9%9D%92
200
{ items: [ {id=>HEAD, name: "姚慕青", …} ], … }
GET /api/v1/posts?account={HEAD}
200
{ items: [ {id=>POST, role: "head", …} ], … }
GET /api/v1/accounts?q=%E4%BD%98%E7%BE%8E%E7%90%AA
200
{ items: [ {id=>OTHER, name: "佘美琪", …} ], … }
POST /api/v1/posts/{POST}/substitute
{ "account": "{OTHER}", "valid_from": "{DAY}", "valid_to": "{DAY+3}" }
201
{ id=>STAND, stands_for: "{POST}", … }

as dispatcher.guicheng
GET /api/v1/orgs?q=佛山市南海区劳动保障监察大队
200
{ items: […, {id=>LABOUR, …}, …], … }
POST /api/v1/matters
{ "kind": "request", "type": "01", "source": "petition", "title": "反映补偿分配",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍" } ] }
201
{ id=>M, number=>N, … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{LABOUR}" }
200
as handler.labour.nanhai
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200
POST /api/v1/matters/{M}/actions/ask_approval
If-Match: "v4"
{ "action": "extend", "text": "须逐户核对，请延长三十日" }
200

# As the official of another body he sees nothing of it.
as handler.market.nanhai
GET /api/v1/matters/{M}
404
PUT /api/v1/session/post
{ "post": "{STAND}" }
200
GET /api/v1/work
200
{ items: […, {bucket: "to_approve", count: 1, …}, …], … }
POST /api/v1/matters/{M}/actions/decide_approval
If-Match: "v5"
{ "approved": true, "note": "同意" }
200
GET /api/v1/matters/{M}/approvals
200
{ items: [ {state: "approved", decided_by_name: "佘美琪", …} ], … }
run timeline {N} --as handler.labour.nanhai
exit 0
| 决定 同意，审批意见 同意，代理 姚慕青
run verify
exit 0
run check
exit 0
