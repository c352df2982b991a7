# One of five applicants withdraws: one act, no reason, hers alone. The four who stay go on.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "10", "title": "五人追讨工钱", "story": "小工程完工后工钱未结", "people": 5,
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "applicant", "kind": "person", "name": "梁永昌" },
               { "role": "applicant", "kind": "person", "name": "黎婆婆" },
               { "role": "applicant", "kind": "person", "name": "冯阿二" },
               { "role": "applicant", "kind": "person", "name": "苏阿公" },
               { "role": "respondent", "kind": "organisation", "name": "顺兴装饰队" } ],
  "claims": [ { "text": "结清工钱", "amount": 4200000 } ] }
201
{ id=>M, number=>N, pin=>PIN, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>P1, …}, {id=>P2, …}, {id=>P3, …}, {id=>P4, …}, {id=>P5, …}, {id=>R, …} ], … }
as 19900000201
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200
as mediator.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200

# For herself only: whatever she sends, nobody else's place is hers to give up.
as 19900000201
POST /api/v1/door/matters/{M}/actions/withdraw
If-Match: "v4"
{}
200
{ state: "in_hand", version: 5, … }
POST /api/v1/door/matters/{M}/actions/withdraw
If-Match: "v5"
{ "party": "{P2}" }
422
{ field: "party", … }
as mediator.guicheng
GET /api/v1/matters/{M}
200
{ state: "in_hand", parties: [ {name: "周玉珍", left_at: …, …}, {name: "梁永昌", left_at: null, …}, {name: "黎婆婆", left_at: null, …},
                               {name: "冯阿二", left_at: null, …}, {name: "苏阿公", left_at: null, …}, {name: "顺兴装饰队", left_at: null, …} ],
  deadlines: [ …, {what: "handle", state: "running", …}, … ], … }
GET /api/v1/work/items?bucket=in_hand&mine=true&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }

# The four and the firm agree; she is asked no more.
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v5"
{ "outcomes": [ { "outcome": "settled_performed", "settled": 3400000 } ], "form": "written", "summary": "四人工钱当场结清" }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v6"
{ "text": "工钱已当场结清" }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v7"
{ "answers": [ { "party": "{P2}", "answer": "yes" }, { "party": "{P3}", "answer": "yes" }, { "party": "{P4}", "answer": "yes" } ] }
422
{ type: "/problems/no-answer", … }
POST /api/v1/matters/{M}/actions/close
If-Match: "v7"
{ "answers": [ { "party": "{P2}", "answer": "yes" }, { "party": "{P3}", "answer": "yes" }, { "party": "{P4}", "answer": "yes" },
               { "party": "{P5}", "answer": "yes" }, { "party": "{R}", "answer": "yes" } ] }
200
{ state: "closed", … }

run timeline {N} --as dispatcher.guicheng
exit 0
| 申请人 周玉珍（已退出）
| 撤回  周玉珍（申请人）
| 退出人数 1
| 各方意见：当事人 苏阿公，方式 电话，本人意见 认可
! 撤回原因
run verify
exit 0
run check
exit 0
