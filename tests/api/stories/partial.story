# Three claims, three ends: one agreed, one agreed in part, one not at all, for which the other
# ways are told. Written down per claim, and each side says yes to the whole of it.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "施工震裂邻墙", "story": "隔壁打桩后墙面开裂",
  "parties": [ { "role": "applicant", "kind": "person", "name": "黎婆婆" },
               { "role": "respondent", "kind": "organisation", "name": "顺兴装饰队" } ],
  "claims": [ { "text": "停止夜间施工" }, { "text": "赔偿修墙费用", "amount": 600000 }, { "text": "赔偿误工费", "amount": 300000 } ] }
201
{ id=>M, number=>N, … }
GET /api/v1/matters/{M}
200
{ parties: [ {id=>A, …}, {id=>B, …} ], claims: [ {id=>C1, …}, {id=>C2, …}, {id=>C3, …} ], … }
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
days 5

# Two outcomes for one claim, and one claim without any, are both refused.
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "claim": "{C1}", "outcome": "settled" }, { "claim": "{C1}", "outcome": "failed" },
                { "claim": "{C2}", "outcome": "partly_settled", "settled": 400000 } ],
  "form": "written", "routes": "court", "summary": "谈成两项" }
422
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "claim": "{C1}", "outcome": "settled" }, { "claim": "{C2}", "outcome": "partly_settled", "settled": 400000 } ],
  "form": "written", "routes": "court", "summary": "谈成两项" }
422
{ type: "/problems/no-outcome", … }
POST /api/v1/matters/{M}/actions/conclude
If-Match: "v4"
{ "outcomes": [ { "claim": "{C1}", "outcome": "settled", "note": "晚八点后停工" },
                { "claim": "{C2}", "outcome": "partly_settled", "settled": 400000 },
                { "claim": "{C3}", "outcome": "failed", "note": "误工天数各执一词" } ],
  "form": "written", "routes": "court legal_aid", "summary": "两项达成协议，误工费未谈成" }
200
POST /api/v1/matters/{M}/actions/reply
If-Match: "v5"
{ "text": "两项达成协议；误工费一项可向法院起诉或申请法律援助", "channel": "letter" }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/close
If-Match: "v6"
{ "answers": [ { "party": "{A}", "answer": "yes", "channel": "counter" }, { "party": "{B}", "answer": "yes" } ] }
200
GET /api/v1/matters/{M}
200
{ state: "closed", denied: false, claims: [ {outcome: "settled", settled: 0, …}, {outcome: "partly_settled", settled: 400000, …}, {outcome: "failed", …} ], … }

run timeline {N} --as dispatcher.guicheng
exit 0
| 结果：请求 停止夜间施工，达成协议，说明 晚八点后停工
| 结果：请求 赔偿修墙费用，部分达成协议，协议金额 4000.00 元
| 结果：请求 赔偿误工费，未达成协议，已告知途径，说明 误工天数各执一词
| 协议形式 书面协议，已告知的其他途径 向人民法院起诉、申请法律援助
| 各方意见：当事人 黎婆婆，方式 窗口，本人意见 认可
run verify
exit 0
